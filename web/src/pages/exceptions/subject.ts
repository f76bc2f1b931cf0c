import type { Schemas } from '../../api/client'
import { bookTitle } from '../../parts/book_titles'

// What a request is about: a policy, or the month of a rule book.
export function subjectText({ kind, subject }: Pick<Schemas['Exception'], 'kind' | 'subject'>): string {
  if (kind !== 'month_close') return subject
  const [book = '', month = ''] = subject.split(' ')
  return `${bookTitle(book)} ${month}`
}
