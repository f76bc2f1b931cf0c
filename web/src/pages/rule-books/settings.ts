import { inLanguage, listed, type Text } from '../../locale'
import { basisWord, unitWord } from '../../parts/term_words'
import { word, type WordList } from '../../words'
import type { Statement } from './book'

type Setting = Statement['settings'][number]

// What the keys of a clause are called; a key that is rare stands as the book writes it.
const names: Record<string, Text> = {
  when: { zh: '条件', en: 'Condition' },
  population: { zh: '统计范围', en: 'Population' },
  numerator: { zh: '分子', en: 'Numerator' },
  unit: { zh: '单位', en: 'Unit' },
  count_from: { zh: '起算', en: 'Counted from' },
  basis: { zh: '基准日', en: 'Basis' },
  order: { zh: '次序', en: 'Order' },
  performer: { zh: '执行人', en: 'Performer' },
  handler: { zh: '处理人', en: 'Handler' },
  desk: { zh: '处理岗位', en: 'Desk (Chinese)' },
  desk_en: { zh: '处理岗位（英文）', en: 'Desk' },
  route: { zh: '处理层级', en: 'Level' },
  class: { zh: '结论', en: 'Class' },
  success: { zh: '算回访成功', en: 'Counts as success' },
  opens: { zh: '开立工单', en: 'Opens' },
  next: { zh: '转入环节', en: 'Goes on with' },
  members: { zh: '接通结果', en: 'Connections' },
  text: { zh: '问题', en: 'Question (Chinese)' },
  text_en: { zh: '问题（英文）', en: 'Question' },
  explain: { zh: '解释', en: 'Explanation (Chinese)' },
  explain_en: { zh: '解释（英文）', en: 'Explanation' },
  statutory: { zh: '法定内容', en: 'Statutory' },
  finding: { zh: '疑问', en: 'Finding' },
  finding_unclear: { zh: '答不清楚的疑问', en: 'Finding when unclear' },
  findings: { zh: '疑问', en: 'Findings' },
  ends_on: { zh: '答此即结束', en: 'Ends on' },
  periods: { zh: '时段', en: 'Periods' },
  days: { zh: '日期', en: 'Days' },
  changes: { zh: '保全变更', en: 'Policy changes' },
  table: { zh: '统计对象', en: 'Counted' },
  cohort: { zh: '归集日期', en: 'Cohort' },
  closed_by_success: { zh: '回访成功即结案', en: 'Closed by a success' },
  closed_by_clean_success: { zh: '无疑问成功即结案', en: 'Closed by a clean success' },
  closed_by_steps: { zh: '按步骤结案', en: 'Closed by steps' },
  done_by_feedback: { zh: '反馈即办结', en: 'Done by feedback' },
  blocks_completion: { zh: '未结案不算完成', en: 'Blocks completion' },
  second_visit: { zh: '二访环节', en: 'Second visit' },
  higher_is_better: { zh: '越高越好', en: 'Higher is better' },
  healthy: { zh: '健康值', en: 'Healthy' },
  critical: { zh: '警戒值', en: 'Critical' },
  waits: { zh: '首次结算前不算暂缓', en: 'Not held before the first settlement' },
  product_days_first: { zh: '险种约定的天数优先', en: 'Days of the product first' },
  group: { zh: '原因分组', en: 'Group' },
  opening: { zh: '开头', en: 'Opening' },
  closing: { zh: '结尾', en: 'Closing' },
}

const flags: Record<string, Text> = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } }

const own_words: Record<string, Record<string, Text>> = {
  count_from: { same_day: { zh: '当日', en: 'the same day' }, next_day: { zh: '次日', en: 'the next day' } },
  performer: {
    head_office: { zh: '总公司', en: 'head office' },
    branch: { zh: '机构', en: 'branch' },
    agent: { zh: '业务员', en: 'agent' },
    holder: { zh: '投保人', en: 'holder' },
  },
  handler: { branch: { zh: '机构', en: 'branch' }, agent: { zh: '业务员', en: 'agent' } },
  days: {
    every_day: { zh: '每天', en: 'every day' },
    except_statutory_holidays: { zh: '法定节假日除外', en: 'except statutory holidays' },
  },
  table: {
    policies: { zh: '保单', en: 'policies' },
    tickets: { zh: '工单', en: 'tickets' },
    external: { zh: '外部提供', en: 'given from outside' },
  },
  class: { none: { zh: '无', en: 'none' } },
  finding_unclear: { none: { zh: '无', en: 'none' } },
}

// The values of clauses that choose one of several ways.
const ways: Record<string, Text> = {
  last: { zh: '最后一次', en: 'the last one' },
  last_in_cooling_off: { zh: '犹豫期内最后一次', en: 'the last one within the cooling-off period' },
  first_success: { zh: '首次成功', en: 'the first success' },
  last_success: { zh: '最后一次成功', en: 'the last success' },
  close: { zh: '结束', en: 'ends' },
  continue: { zh: '继续', en: 'goes on' },
}

const word_lists: Record<string, WordList> = {
  class: 'result_class',
  opens: 'ticket_kind',
  next: 'leg',
  second_visit: 'leg',
  route: 'level',
  members: 'connection',
  finding: 'finding',
  finding_unclear: 'finding',
  findings: 'finding',
  ends_on: 'answer_option',
  changes: 'change',
}

export const valueText = (value: string): string => (ways[value] ? inLanguage(ways[value]) : value)

export const isNamed = (key: string): boolean => key in names

export const settingName = (key: string): string => (names[key] ? inLanguage(names[key]) : key)

function wordOf(key: string, code: string): string {
  const own = own_words[key]?.[code] ?? flags[code]
  if (own) return inLanguage(own)
  if (key === 'unit') return unitWord(code)
  if (key === 'basis') return basisWord(code)
  const list = word_lists[key]
  return list ? word(list, code) : code
}

// A condition in words; empty: it is none.
export const conditionText = ({ in_words = '', in_words_en = '' }: { in_words?: string; in_words_en?: string }): string =>
  inLanguage({ zh: in_words, en: in_words_en })

// What a key says: a condition in words, codes as the words of their list.
export function settingText(setting: Setting): string {
  const { key, value } = setting
  if (setting.in_words) return conditionText(setting)
  const has_words = key in own_words || key in word_lists || key === 'unit' || key === 'basis' || value in flags
  return has_words ? listed(value.split(', ').map((code) => wordOf(key, code))) : value
}
