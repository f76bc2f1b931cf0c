import { ref, watchEffect } from 'vue'

export type Language = 'zh' | 'en'

const storage_key = 'shouyue.language'

export const language = ref<Language>(localStorage.getItem(storage_key) === 'en' ? 'en' : 'zh')

watchEffect(() => {
  localStorage.setItem(storage_key, language.value)
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})

export interface Text {
  zh: string
  en: string
}

export const inLanguage = (text: Text): string => text[language.value]

// Of what the server gives with a title in both languages; one that lacks the one is known by the other.
export const titleOf = ({ title, title_en }: { title: string; title_en: string }): string =>
  inLanguage({ zh: title || title_en, en: title_en || title })

type Wording = string | ((...values: never[]) => string)
type Worded<T> = { [K in keyof T]: T[K] extends string ? string : T[K] }

// The texts of a page, read as `t.title` in whatever language is chosen now; English must have all that Chinese has.
export function texts<T extends Record<string, Wording>>(all: { zh: T; en: NoInfer<Worded<T>> }): Worded<T> {
  const current = {}
  for (const key of Object.keys(all.zh))
    Object.defineProperty(current, key, { enumerable: true, get: () => all[language.value][key] })
  return current as Worded<T>
}

// How words stand together in the language of the page.
export const labelled = (label: string, text: string | number): string => inLanguage({ zh: `${label}：${text}`, en: `${label}: ${text}` })
export const aside = (text: string | number): string => inLanguage({ zh: `（${text}）`, en: ` (${text})` })
export const listed = (words: string[]): string => words.join(inLanguage({ zh: '、', en: ', ' }))
