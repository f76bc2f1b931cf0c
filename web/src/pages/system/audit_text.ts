import { inLanguage, type Text } from '../../locale'
import { word, words } from '../../words'

const figures: Record<string, Text> = {
  derived: { zh: '推导', en: 'derived' },
  refused: { zh: '无法推导', en: 'refused' },
  settlements: { zh: '结算', en: 'settlements' },
  read: { zh: '读入', en: 'read' },
  accepted: { zh: '收下', en: 'accepted' },
  unchanged: { zh: '未变', en: 'unchanged' },
  rejected: { zh: '拒收', en: 'rejected' },
  sha256: { zh: '摘要', en: 'digest' },
}

// A line of the journal as it is read: `read=2 accepted=2` in words, a digest by its beginning, roles by their names.
// The file of the journal has the line as it was written, and as its hash covers it.
export function auditText(detail: string): string {
  return detail
    .split(' ')
    .map((part) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(part) ?? []
      const figure = figures[name]
      if (!figure) return part in words.role ? word('role', part) : part
      return `${inLanguage(figure)} ${name === 'sha256' ? `${value.slice(0, 12)}…` : value}`
    })
    .join(' ')
}
