import type { Schemas } from '../../api/client'
import { words } from '../../words'

// Why a call did or did not connect: the words of the list in the order of the list, in the groups of the rule book.

export interface ReasonGroup {
  id: string
  title: { zh: string; en: string }
  members: string[]
}

// One key for each of what happens every day.
export const reason_keys: Record<string, string> = {
  A: 'answered',
  W: 'no_answer',
  B: 'busy',
  G: 'powered_off',
  S: 'suspended_for_arrears',
  K: 'nonexistent_number',
  E: 'wrong_number',
  V: 'inconvenient',
  M: 'holder_absent',
  H: 'hung_up_early',
  F: 'dialect',
  J: 'holder_refused',
}

export const keyOf = (reason: string): string | undefined =>
  Object.entries(reason_keys).find(([, code]) => code === reason)?.[0]

export function reasonGroups(
  groups: Schemas['CardReasonGroup'][],
  other: { zh: string; en: string },
): ReasonGroup[] {
  const all = Object.keys(words.connection)
  const grouped = groups.map(({ id, title, title_en, members }) => ({
    id,
    title: { zh: title, en: title_en },
    members: all.filter((code) => members.includes(code)),
  }))
  const known = new Set(grouped.flatMap((group) => group.members))
  const first = { id: 'answered', title: { zh: '接通', en: 'answered' }, members: ['answered'] }
  const rest = all.filter((code) => code !== 'answered' && !known.has(code))
  const rows = known.has('answered') ? grouped : [first, ...grouped]
  return rest.length > 0 ? [...rows, { id: 'rest', title: other, members: rest }] : rows
}
