import { inLanguage, type Text } from '../locale'

// What terms are made of: from which day they are counted, and in what.
const bases: Record<string, Text> = {
  issued_on: { zh: '承保日', en: 'the issue day' },
  effective_on: { zh: '生效日', en: 'the effective day' },
  printed_on: { zh: '打印日', en: 'the day of printing' },
  delivered_on: { zh: '送达日', en: 'delivery' },
  signed_on: { zh: '回执签收日', en: 'the signature of the receipt' },
  handed_in_on: { zh: '回执交回日', en: 'the hand-in of the receipt' },
  reconciled_on: { zh: '回执核销日', en: 'the write-off of the receipt' },
  cooling_off_end: { zh: '犹豫期截止日', en: 'the end of the cooling-off period' },
  previous_leg_end: { zh: '上一环节结束日', en: 'the end of the leg before' },
  leg_start: { zh: '环节开始日', en: 'the start of the leg' },
  ticket_feedback: { zh: '反馈日', en: 'the feedback' },
  ticket_due: { zh: '工单到期日', en: 'the due day' },
  ticket_opened: { zh: '工单下发日', en: 'the opening of the ticket' },
}

const units: Record<string, Text> = {
  days: { zh: '天', en: 'days' },
  working_days: { zh: '个工作日', en: 'working days' },
  months: { zh: '个月', en: 'months' },
  hours: { zh: '小时', en: 'hours' },
}

const textOf = (texts: Record<string, Text>, code: string): string => (texts[code] ? inLanguage(texts[code]) : code)

export const basisWord = (code: string): string => textOf(bases, code)
export const unitWord = (code: string): string => textOf(units, code)
export const isUnit = (code: string): boolean => code in units

// What a clause says as a figure, `15 天`. What depends on conditions has no figure that could stand alone: empty.
export function clauseValue(value: string): string {
  if (!/[A-Za-z]/.test(value)) return value
  const [, figure, unit] = /^(-?[\d.]+) \(?(\w+)(?: after \w+)?\)?$/.exec(value) ?? []
  if (!figure || !unit || !isUnit(unit)) return ''
  return figure === '0' ? '' : `${figure} ${unitWord(unit)}`
}
