import type { Schemas } from '../../api/client'
import { word } from '../../words'
import { conditionText, settingName, settingText } from './settings'
import { t } from './texts'

export type Book = Schemas['RuleBook']
export type Statement = Schemas['Statement']

// For which policies a book is chosen: `个险 · 承保 2021-01-01 至 …`
export function assignedTo(assigned: Book['assigned'][number]): string {
  const parts = [
    assigned.channel ? word('channel', assigned.channel) : '',
    assigned.product_type ? word('product_type', assigned.product_type) : '',
    assigned.region ? `${t.region} ${assigned.region}` : '',
    assigned.issued_from || assigned.issued_to ? t.issued(assigned.issued_from ?? '', assigned.issued_to ?? '') : '',
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' · ') : t.every_policy
}

export const sectionOf = (statement: Statement): string => statement.path.split('.')[0] ?? ''

// Everything of a clause that somebody may look for.
export const textOf = (statement: Statement): string =>
  [
    statement.id,
    statement.title,
    statement.title_en,
    statement.cite,
    statement.note,
    ...statement.values.flatMap((value) => [value.value, value.when ?? '', conditionText(value), value.cite ?? '']),
    ...statement.settings.flatMap((setting) => [setting.key, setting.value, settingName(setting.key), settingText(setting)]),
  ]
    .join(' ')
    .toLowerCase()
