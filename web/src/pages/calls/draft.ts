import type { Schemas } from '../../api/client'

// What the agent has written down of one call, until the server has it. It survives a reload of the page and the end of
// a sign-in; it holds no number and no full name.

export type Question = Schemas['Question']
export type Questions = Schemas['Questions']
export type AnswerOption = Schemas['GivenAnswer']['option']
export type Identity = 'not_asked' | 'verified' | 'failed'

export interface Said {
  option: AnswerOption
  at: string
  recording_offset: number // seconds since the call began
  is_corrected?: boolean // of a doubt; undefined: not said yet
}

export interface Doubt {
  finding: string
  is_corrected: boolean
}

export interface Draft {
  policy_no: string
  leg: string
  fence: number
  attempt_id: string
  started_at?: string
  heard_at?: string // the last answer or identity check
  ended_at?: string // when the agent said how it ended, or the exchange that it had
  is_hung_up?: boolean // as the exchange said
  phone_position: number // among the numbers of the card, from 0
  answers: Record<string, Said>
  identity: Identity
  connection: string // empty: not said yet
  party: 'unknown' | 'holder' | 'other'
  more_doubts: Doubt[] // beside those that the questions brought
  appointment_at?: string
  language: string
  recording_id: string
  note: string
}

// `2021-10-08T09:30:00+08:00`
export const instantOf = (at: Date): string => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

export function newDraft(call: { policy_no: string; leg: string; fence: number }, now: Date, chance: string): Draft {
  return {
    policy_no: call.policy_no,
    leg: call.leg,
    fence: call.fence,
    attempt_id: `W${instantOf(now).replace(/\D/g, '').slice(0, 14)}-${chance}`,
    phone_position: 0,
    answers: {},
    identity: 'not_asked',
    connection: '',
    party: 'unknown',
    more_doubts: [],
    language: '',
    recording_id: '',
    note: '',
  }
}

// The agent says how the call ended: from here on it is the wrap-up.
export function choose(draft: Draft, reason: string, now: Date): void {
  draft.connection = reason
  draft.ended_at ??= instantOf(now)
}

// The person on the line said something.
export function hear(draft: Draft, now: Date): void {
  draft.heard_at = instantOf(now)
  if (!draft.is_hung_up) delete draft.ended_at
}

// Begins, or dials once more.
export function begin(draft: Draft, now: Date): void {
  draft.started_at ??= instantOf(now)
  delete draft.ended_at
  delete draft.is_hung_up
}

// What the exchange says of the call.
export function follow(draft: Draft, dial: Schemas['Dial']): void {
  if (dial.recording_id && draft.recording_id === '') draft.recording_id = dial.recording_id
  if (!dial.ended_at) return
  draft.is_hung_up = true
  if (!draft.ended_at || dial.ended_at < draft.ended_at) draft.ended_at = dial.ended_at
}

// Whether the newest dial of the policy is that of this draft: asked for within a minute of its beginning.
export const isDialOf = (draft: Draft, dial: Schemas['Dial']): boolean =>
  Math.abs(Date.parse(dial.requested_at ?? '') - Date.parse(draft.started_at ?? '')) < 60_000

// Where nobody said that it ended, the last word that was heard; undefined: nobody knows.
function endOf(draft: Draft): string | undefined {
  const end = draft.ended_at ?? draft.heard_at
  return end && draft.started_at && end < draft.started_at ? draft.started_at : end
}

// The doubt that an answer leaves; empty: none.
export function doubtOf(question: Question, option: AnswerOption | undefined): string {
  if (option === 'no') return question.finding
  return option === 'unclear' ? question.finding_unclear : ''
}

// `identity:yes,liability:no`
export const answersText = (draft: Draft): string =>
  Object.entries(draft.answers)
    .map(([question, said]) => `${question}:${said.option}`)
    .join(',')

export function findingsOf(draft: Draft, questions: Question[]): { corrected: string[]; open: string[] } {
  const doubts: Doubt[] = questions
    .map((question) => ({
      finding: doubtOf(question, draft.answers[question.id]?.option),
      is_corrected: draft.answers[question.id]?.is_corrected ?? false,
    }))
    .filter((doubt) => doubt.finding !== '')
  const all = [...doubts, ...draft.more_doubts]
  const open = new Set(all.filter((doubt) => !doubt.is_corrected).map((doubt) => doubt.finding))
  const corrected = new Set(all.map((doubt) => doubt.finding).filter((finding) => !open.has(finding)))
  return { corrected: [...corrected], open: [...open] }
}

export function interviewOf(draft: Draft, questions: Questions | undefined): 'none' | 'partial' | 'complete' | 'refused' {
  if (draft.connection === 'holder_refused' || draft.connection === 'family_refused') return 'refused'
  const asked = questions?.questions ?? []
  const answered = asked.filter((question) => draft.answers[question.id] !== undefined).length
  if (answered === 0 || questions?.ended_by || draft.identity !== 'verified') return 'none'
  return answered === asked.length ? 'complete' : 'partial'
}

export type Missing = 'connection' | 'doubt' | 'language'

export function missingOf(draft: Draft, questions: Question[]): Missing[] {
  const missing: Missing[] = []
  if (draft.connection === '') missing.push('connection')
  const is_undecided = (question: Question): boolean =>
    doubtOf(question, draft.answers[question.id]?.option) !== '' && draft.answers[question.id]?.is_corrected === undefined
  if (questions.some(is_undecided)) missing.push('doubt')
  if (draft.connection === 'dialect' && draft.language === '') missing.push('language')
  return missing
}

export function wrapUpOf(draft: Draft, questions: Questions | undefined, now: Date): Schemas['WrapUp'] {
  const asked = questions?.questions ?? []
  const ended_at = endOf(draft)
  return {
    fence: draft.fence,
    attempt_id: draft.attempt_id,
    leg: draft.leg,
    started_at: draft.started_at ?? ended_at ?? instantOf(now),
    ...(ended_at ? { ended_at } : {}),
    phone_position: draft.phone_position,
    connection: draft.connection,
    party: draft.party,
    identity: draft.identity,
    interview: interviewOf(draft, questions),
    ...findingsOf(draft, asked),
    answers: Object.entries(draft.answers).map(([question, said]) => ({
      question,
      option: said.option,
      at: said.at,
      recording_offset: said.recording_offset,
    })),
    ...(draft.appointment_at ? { appointment_at: draft.appointment_at } : {}),
    ...(draft.language ? { language: draft.language } : {}),
    ...(draft.recording_id ? { recording_id: draft.recording_id } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
  }
}

function stored<Kept>(key: string) {
  return {
    get(): Kept | undefined {
      const text = sessionStorage.getItem(key)
      return text ? (JSON.parse(text) as Kept) : undefined
    },
    put: (kept: Kept): void => sessionStorage.setItem(key, JSON.stringify(kept)),
    remove: (): void => sessionStorage.removeItem(key),
  }
}

export const storedDraft = stored<Draft>('shouyue.call')
export const storedUnsent = stored<Draft[]>('shouyue.call.unsent')
