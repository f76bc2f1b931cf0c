import { shallowRef } from 'vue'
import { api } from '../api/client'
import { inLanguage, type Text } from '../locale'
import { may } from '../session'

const titles = shallowRef(new Map<string, Text>())
let asked = false

async function load(): Promise<void> {
  const { rows } = await api.get('/api/rule-books')
  titles.value = new Map(rows.map((book) => [book.id, { zh: book.title, en: book.title_en || book.title }]))
}

// The title of a rule book by its id. All are asked for at the first use; until they are there a book goes by its id, as it
// does for who may not read them.
export function bookTitle(id: string): string {
  if (!asked && may('read_rule_books')) {
    asked = true
    load().catch(() => (asked = false))
  }
  const title = titles.value.get(id)
  return title ? inLanguage(title) : id
}
