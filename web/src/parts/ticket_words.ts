import { inLanguage, type Text } from '../locale'
import { word, words } from '../words'

const states: Record<string, Text> = {
  open: { zh: '待受理', en: 'open' },
  accepted: { zh: '已受理', en: 'accepted' },
  reviewed: { zh: '已初审', en: 'reviewed' },
  feedback: { zh: '已反馈', en: 'feedback given' },
  rejected: { zh: '已退回', en: 'rejected' },
  resolved: { zh: '已解决', en: 'resolved' },
  closed: { zh: '已结案', en: 'closed' },
}

// Results that are no words of the list but that this system writes itself.
const own_results: Record<string, Text> = {
  contacted: { zh: '已联系客户', en: 'customer contacted' },
  phone_updated: { zh: '电话已更新', en: 'phone updated' },
}

const textOf = (texts: Record<string, Text>, code: string): string => (texts[code] ? inLanguage(texts[code]) : code)

export const ticketState = (code: string): string => textOf(states, code)

// What came of a ticket; a result that nobody has a word for stands as it was written.
export const ticketResult = (code: string): string =>
  code in words.ticket_result ? word('ticket_result', code) : textOf(own_results, code)
