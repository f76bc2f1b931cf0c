import { inLanguage, listed, titleOf, type Text } from '../../locale'
import { basisWord, unitWord } from '../../parts/term_words'
import { word, words, type WordList } from '../../words'
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
  closed_by_steps: { zh: '解决、结案步骤即办结', en: 'Closed by steps' },
  done_by_feedback: { zh: '反馈即办结', en: 'Done by feedback' },
  blocks_completion: { zh: '未办结不算完成', en: 'Blocks completion' },
  second_visit: { zh: '二访环节', en: 'Second visit' },
  higher_is_better: { zh: '越高越好', en: 'Higher is better' },
  healthy: { zh: '健康值', en: 'Healthy' },
  critical: { zh: '临界值', en: 'Critical' },
  waits: { zh: '首次结算前不算缓发', en: 'Not held before the first settlement' },
  product_days_first: { zh: '险种约定的天数优先', en: 'Days of the product first' },
  group: { zh: '原因分组', en: 'Group' },
  opening: { zh: '开头', en: 'Opening' },
  closing: { zh: '结尾', en: 'Closing' },
  kind: { zh: '计分方式', en: 'Scored by' },
  full: { zh: '满分', en: 'Full score' },
  decimals: { zh: '小数位数', en: 'Decimals' },
  floor: { zh: '下限', en: 'Floor' },
  from: { zh: '起自', en: 'From' },
  upto: { zh: '止于', en: 'Up to' },
  pieces: { zh: '分段得分（x 为指标值）', en: 'Score of the value x' },
  step: { zh: '每档', en: 'Step' },
  points: { zh: '每档分数', en: 'Points a step' },
  part_counts: { zh: '不足一档按一档计', en: 'A part of a step counts' },
  limit: { zh: '最多', en: 'At most' },
  early: { zh: '提前归集日期', en: 'Early by' },
  ticket_subtypes: { zh: '所指的工单子类', en: 'Ticket subtypes' },
  by: { zh: '办理层级', en: 'By' },
  words: { zh: '处理结果', en: 'Results' },
  legs: { zh: '环节', en: 'Legs' },
  first_visit: { zh: '首访环节', en: 'First visit' },
  base: { zh: '基数', en: 'Base' },
  parts: { zh: '分项', en: 'Parts' },
  earliest: { zh: '取最早一日', en: 'The earliest day' },
  optional: { zh: '无人拨打即跳过', en: 'Passed over when not attempted' },
  on_worklist: { zh: '列入待访清单', en: 'On the worklist' },
  signature_must_match: { zh: '签名须相符', en: 'The signature must match' },
  version: { zh: '问卷版本', en: 'Version' },
}

// What books call their groups, subtypes and parts; one that is not here stands as its book writes it.
const entries: Record<string, Text> = {
  temporary: { zh: '暂不成功', en: 'temporary' },
  number: { zh: '号码问题', en: 'number' },
  special: { zh: '特殊', en: 'special' },
  refused: { zh: '拒绝回访', en: 'refused' },
  other: { zh: '其他', en: 'other' },
  identity: { zh: '身份验证不通过', en: 'identity' },
  dialect: { zh: '方言', en: 'dialect' },
  phone_wrong: { zh: '电话有误', en: 'phone wrong' },
  duplicate_number: { zh: '重复号码', en: 'number of another' },
  policy_data_wrong: { zh: '保单信息有误', en: 'policy data wrong' },
  language: { zh: '语言沟通不畅', en: 'language' },
  contract_not_received: { zh: '未收到合同', en: 'contract not received' },
  not_reached: { zh: '联系不上', en: 'not reached' },
  standard: { zh: '标准件', en: 'standard' },
  transferred: { zh: '转办件', en: 'transferred' },
  unsuccessful: { zh: '不成功件', en: 'unsuccessful' },
  withdrawal: { zh: '撤保', en: 'withdrawal' },
  surrender: { zh: '退保', en: 'surrender' },
  cooling_off_surrender: { zh: '犹豫期退保', en: 'cooling-off surrender' },
  proxy_signature: { zh: '代签名', en: 'proxy signature' },
  proxy_documents: { zh: '重要资料代签字', en: 'proxy signature on papers' },
  proxy_risk_statement: { zh: '代抄录风险提示语', en: 'risk statement copied by another' },
  terms_explanation: { zh: '条款解释', en: 'explanation of terms' },
}

const isEntry = (code: string): boolean => code.split('/').every((part) => part in entries || part in words.ticket_kind)
// `problem/proxy_signature`: a ticket with its subtype
const entryWord = (code: string): string =>
  code
    .split('/')
    .map((part) => (entries[part] ? inLanguage(entries[part]) : word('ticket_kind', part)))
    .join(' · ')

const isBasis = (key: string): boolean => key === 'basis' || key === 'cohort'
// The keys of a crosswalk are entries themselves.
const namesEntries = (key: string): boolean =>
  ['group', 'base', 'parts', 'ticket_subtypes'].includes(key) || (!(key in names) && isEntry(key))

// What a table without a title is, by the last word of its path.
const headings: Record<string, Text> = {
  better: { zh: '优于健康值时加分', en: 'Better than healthy' },
  worse: { zh: '劣于健康值时减分', en: 'Worse than healthy' },
  questionnaire: { zh: '问卷', en: 'Questionnaire' },
  kpi: { zh: '考核指标', en: 'Indicators' },
  reason_group: { zh: '原因分类', en: 'Reason groups' },
  result_class: { zh: '结论', en: 'Classes' },
  ticket: { zh: '工单', en: 'Tickets' },
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
  kind: {
    steps: { zh: '按档加减分', en: 'steps from the healthy value' },
    piecewise: { zh: '分段计分', en: 'pieces' },
  },
  floor: {
    max: { zh: '基础制度限定：不得高于此值', en: 'no book above may state more' },
    min: { zh: '基础制度限定：不得低于此值', en: 'no book above may state less' },
  },
  early: { success_on: { zh: '成功日期', en: 'the day of success' } },
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
  by: 'level',
  words: 'ticket_result',
  legs: 'leg',
  first_visit: 'leg',
}

export const valueText = (value: string): string => (ways[value] ? inLanguage(ways[value]) : value)

export const isNamed = (key: string): boolean => key in names || isEntry(key)

export const settingName = (key: string): string =>
  names[key] ? inLanguage(names[key]) : isEntry(key) ? entryWord(key) : key

export function headingOf(statement: Statement): string {
  const heading = headings[statement.path.slice(statement.path.lastIndexOf('.') + 1)]
  return titleOf(statement) || (heading ? inLanguage(heading) : statement.path)
}

function wordOf(key: string, code: string): string {
  const own = own_words[key]?.[code] ?? flags[code]
  if (own) return inLanguage(own)
  if (key === 'unit') return unitWord(code)
  if (isBasis(key)) return basisWord(code)
  if (namesEntries(key)) return entryWord(code)
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
  const has_words =
    key in own_words || key in word_lists || key === 'unit' || isBasis(key) || namesEntries(key) || value in flags
  return has_words ? listed(value.split(', ').map((code) => wordOf(key, code))) : value
}
