import { instant, money } from '../../format'
import { aside, inLanguage, type Text } from '../../locale'
import { ticketResult, ticketState } from '../../parts/ticket_words'
import { word, type WordList } from '../../words'

// What fields of facts are called, how their texts are written, and the words of what happened and was decided.
const fields: Record<string, Text> = {
  channel: { zh: '渠道', en: 'Channel' },
  org_code: { zh: '机构代码', en: 'Organisation' },
  agent_code: { zh: '业务员代码', en: 'Agent' },
  product_code: { zh: '险种代码', en: 'Product' },
  holder_name: { zh: '投保人', en: 'Policyholder' },
  holder_id_type: { zh: '证件类型', en: 'ID type' },
  holder_id_no: { zh: '证件号码', en: 'ID number' },
  holder_gender: { zh: '性别', en: 'Gender' },
  holder_birth_date: { zh: '出生日期', en: 'Born on' },
  insured_name: { zh: '被保险人', en: 'Insured' },
  mobile_phone: { zh: '手机', en: 'Mobile phone' },
  home_phone: { zh: '家庭电话', en: 'Home phone' },
  work_phone: { zh: '办公电话', en: 'Work phone' },
  address: { zh: '联系地址', en: 'Address' },
  language: { zh: '方言', en: 'Dialect' },
  premium: { zh: '期交保费（元）', en: 'Premium (yuan)' },
  pay_mode: { zh: '缴费方式', en: 'Pay mode' },
  pay_years: { zh: '缴费年期', en: 'Pay years' },
  term_months: { zh: '保险期间（月）', en: 'Term (months)' },
  applied_on: { zh: '投保日期', en: 'Applied on' },
  issued_on: { zh: '承保日期', en: 'Issued on' },
  effective_on: { zh: '生效日期', en: 'Effective on' },
  printed_on: { zh: '打印日期', en: 'Printed on' },
  commission: { zh: '首期佣金（元）', en: 'First commission (yuan)' },
  special_request: { zh: '特殊申请', en: 'Special request' },
  delivered_on: { zh: '送达日期', en: 'Delivered on' },
  signed_on: { zh: '签收日期', en: 'Signed on' },
  handed_in_on: { zh: '交回日期', en: 'Handed in on' },
  reconciled_on: { zh: '核销日期', en: 'Reconciled on' },
  kind: { zh: '类型', en: 'Kind' },
  signature_matches: { zh: '签名相符', en: 'Signature matches' },
  paper_signed_on: { zh: '纸质回执签收日期', en: 'Paper signed on' },
  preferred_visit_on: { zh: '指定回访日期', en: 'Preferred visit on' },
  attempt_id: { zh: '记录号', en: 'Attempt' },
  leg: { zh: '环节', en: 'Leg' },
  started_at: { zh: '开始时间', en: 'Started' },
  ended_at: { zh: '结束时间', en: 'Ended' },
  operator: { zh: '操作员', en: 'Operator' },
  phone: { zh: '拨打电话', en: 'Phone' },
  connection: { zh: '接通结果', en: 'Connection' },
  party: { zh: '接听人', en: 'Party' },
  identity: { zh: '身份核实', en: 'Identity' },
  interview: { zh: '问卷', en: 'Interview' },
  findings: { zh: '疑问', en: 'Findings' },
  recording_id: { zh: '录音编号', en: 'Recording' },
  note: { zh: '备注', en: 'Note' },
  appointment_at: { zh: '预约时间', en: 'Appointment' },
  signed_receipt: { zh: '签名回执', en: 'Signed receipt' },
  receipt_phone: { zh: '回执电话', en: 'Receipt phone' },
  ticket_id: { zh: '工单号', en: 'Ticket' },
  step: { zh: '步骤', en: 'Step' },
  at: { zh: '时间', en: 'At' },
  result: { zh: '处理结果', en: 'Result' },
  new_phone: { zh: '新电话', en: 'New phone' },
  change: { zh: '变更', en: 'Change' },
  on: { zh: '日期', en: 'On' },
  value: { zh: '变更值', en: 'Value' },
}

const id_types: Record<string, Text> = {
  id_card: { zh: '身份证', en: 'identity card' },
  passport: { zh: '护照', en: 'passport' },
  military_id: { zh: '军官证', en: 'military ID' },
  household_register: { zh: '户口本', en: 'household register' },
  birth_certificate: { zh: '出生证', en: 'birth certificate' },
  home_return_permit: { zh: '港澳居民来往内地通行证', en: 'home return permit' },
  mainland_travel_permit: { zh: '台湾居民来往大陆通行证', en: 'mainland travel permit' },
  residence_permit: { zh: '外国人永久居留身份证', en: 'residence permit' },
}

const genders: Record<string, Text> = { M: { zh: '男', en: 'male' }, F: { zh: '女', en: 'female' } }
const receipt_kinds: Record<string, Text> = { electronic: { zh: '电子', en: 'electronic' }, paper: { zh: '纸质', en: 'paper' } }
const yes_or_no: Record<string, Text> = { 1: { zh: '是', en: 'yes' }, 0: { zh: '否', en: 'no' } }

const word_lists: Record<string, WordList> = {
  channel: 'channel',
  pay_mode: 'pay_mode',
  special_request: 'special_request',
  leg: 'leg',
  connection: 'connection',
  party: 'party',
  identity: 'identity',
  interview: 'interview',
  step: 'step',
  change: 'change',
}

const own_words: Record<string, Record<string, Text>> = {
  holder_id_type: id_types,
  holder_gender: genders,
  signature_matches: yes_or_no,
  signed_receipt: yes_or_no,
}

const chosen = (words: Record<string, Text>, code: string): string => (words[code] ? inLanguage(words[code]) : code)

export const fieldLabel = (name: string): string => chosen(fields, name)

// `proxy_signature_documents:open;…` in words
export const findingsText = (text: string): string =>
  text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [code = '', state] = part.split(':')
      const how = state === 'open' ? { zh: '未解决', en: 'open' } : { zh: '已更正', en: 'corrected' }
      return word('finding', code) + aside(inLanguage(how))
    })
    .join(inLanguage({ zh: '；', en: '; ' }))

// The text of a field as people write it.
export function fieldText(kind: string, name: string, text: string): string {
  if (text === '') return '—'
  if (name === 'kind') return kind === 'receipt' ? chosen(receipt_kinds, text) : word('ticket_kind', text)
  if (name === 'findings') return findingsText(text)
  if (name === 'premium' || name === 'commission') return money(text)
  if (name === 'term_months' && text === '9999') return inLanguage({ zh: '终身', en: 'lifetime' })
  if (name === 'result') return ticketResult(text)
  if (/_at$|^at$/.test(name)) return instant(text)
  const list = word_lists[name]
  if (list) return word(list, text)
  return own_words[name] ? chosen(own_words[name], text) : text
}

const happenings: Record<string, Text> = {
  issued: { zh: '承保', en: 'Issued' },
  delivered: { zh: '保单送达', en: 'Delivered' },
  signed: { zh: '签收回执', en: 'Receipt signed' },
  handed_in: { zh: '交回回执', en: 'Receipt handed in' },
  reconciled: { zh: '回执核销', en: 'Receipt reconciled' },
  attempt: { zh: '回访', en: 'Attempt' },
  ticket_opened: { zh: '开立工单', en: 'Ticket opened' },
  ticket_step: { zh: '工单步骤', en: 'Ticket step' },
  ticket_closed: { zh: '工单结案', en: 'Ticket closed' },
  change: { zh: '保单变更', en: 'Change' },
  success: { zh: '回访成功', en: 'Success' },
  completed: { zh: '回访完成', en: 'Completed' },
}
export const happeningLabel = (what: string): string => chosen(happenings, what)

// Codes in a line of the timeline in words; what is no code stays.
export function happeningText(what: string, detail: string): string {
  const lists: WordList[] =
    what === 'attempt'
      ? ['leg', 'connection', 'party', 'interview']
      : what === 'change'
        ? ['change']
        : ['step', 'ticket_kind']
  if (!['attempt', 'change', 'ticket_step'].includes(what)) return detail
  return detail
    .split(' ')
    .map((part, n) => {
      if (part.includes(':')) return findingsText(part)
      if (what === 'attempt') return n === 0 || n > lists.length ? part : word(lists[n - 1]!, part)
      return ticketResult(lists.reduce((text, list) => (text === part ? word(list, part) : text), part))
    })
    .join(' · ')
}

const decisions: Record<string, Text> = {
  class: { zh: '结论', en: 'Class' },
  deadline: { zh: '期限', en: 'Deadline' },
  state: { zh: '状态', en: 'State' },
  means: { zh: '环节', en: 'Means' },
  ticket: { zh: '工单', en: 'Ticket' },
  commission: { zh: '佣金', en: 'Commission' },
  receipt: { zh: '回执', en: 'Receipt' },
}
export const decisionLabel = (what: string): string => chosen(decisions, what)

// Words that stand in the sentences of decisions beside codes.
const said: Record<string, Text> = {
  success: { zh: '成功', en: 'success' },
  late: { zh: '逾期', en: 'late' },
  handed_in_late: { zh: '交回逾期', en: 'handed in late' },
  returned_on: { zh: '收回日期', en: 'returned on' },
  late_after: { zh: '逾期界限', en: 'late after' },
  hand_in_by: { zh: '最迟交回', en: 'hand in by' },
  opened_at: { zh: '开立时间', en: 'opened' },
  due_on: { zh: '应办结日期', en: 'due on' },
  deduction: { zh: '扣减', en: 'deduction' },
  attempt: { zh: '回访记录', en: 'attempt' },
  closed: { zh: '已结案', en: 'closed' },
  release: { zh: '发放', en: 'release' },
  hold: { zh: '缓发', en: 'hold' },
  withhold: { zh: '扣发', en: 'withhold' },
  reversal: { zh: '冲回', en: 'reversal' },
}
const code_lists: WordList[] = ['case_state', 'leg', 'result_class', 'timeliness', 'commission_status', 'connection', 'interview']

function saidInWords(token: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(token)) return instant(token)
  if (said[token]) return inLanguage(said[token])
  if (fields[token]) return inLanguage(fields[token])
  if (endings[token]) return inLanguage(endings[token])
  return code_lists.reduce((text, list) => (text === token ? word(list, token) : text), token)
}

// Of one decision: the state of a ticket is none of a case, and a bare number of a means counts its attempts.
function saidOf(what: string, token: string): string {
  if (what === 'ticket' && ticketState(token) !== token) return ticketState(token)
  if (what === 'means' && /^\d+$/.test(token)) return inLanguage({ zh: `${token} 次`, en: `${token} attempts` })
  return saidInWords(token)
}

// What was decided, or from what: codes of the server as people say them.
export const decisionText = (text: string, what = ''): string =>
  text
    .split(' ')
    .filter((token) => token !== '')
    .map((token) => saidOf(what, token))
    .join(' ')

const layers: Record<string, Text> = {
  state: { zh: '案件状态', en: 'state of the case' },
  start: { zh: '尚未开始', en: 'not begun yet' },
  interval: { zh: '两次间隔', en: 'interval between attempts' },
  per_day_max: { zh: '当日次数', en: 'attempts on one day' },
  days_max: { zh: '回访天数', en: 'days with attempts' },
  attempts_max: { zh: '总次数', en: 'attempts in all' },
  window: { zh: '可拨打时段', en: 'hours of calling' },
  until: { zh: '环节期限', en: 'end of the leg' },
  person_per_day_max: { zh: '同一投保人当日次数', en: 'calls to one person on one day' },
  ticket: { zh: '工单未办结', en: 'a ticket is open' },
  claim: { zh: '其他坐席正在处理', en: 'another seat has it' },
}
export const layerLabel = (layer: string): string => chosen(layers, layer)

const endings: Record<string, Text> = {
  success: { zh: '成功', en: 'success' },
  at_once: { zh: '按结果即时转出', en: 'handed over at once' },
  attempts_used_up: { zh: '次数用尽', en: 'attempts used up' },
  days_used_up: { zh: '天数用尽', en: 'days used up' },
  window_exhausted: { zh: '时段用尽', en: 'no slot left' },
  time_limit: { zh: '时限届满', en: 'time limit' },
  later_leg: { zh: '已进入后续环节', en: 'a later leg began' },
  no_phone: { zh: '无可拨打电话', en: 'no telephone to call' },
  passed_over: { zh: '不适用，跳过', en: 'passed over' },
}
export const endingLabel = (ended_by: string): string => chosen(endings, ended_by)
