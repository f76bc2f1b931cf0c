import type { Schemas } from '../../api/client'
import { language } from '../../locale'

export type Side = 'numerator' | 'denominator' | 'excluded'

export const titleOf = (one: { title: string; title_en: string }): string => (language.value === 'en' ? one.title_en : one.title)

// `63.55%`, rounded half up from the exact fraction as the server's reports are; `–` without data.
export function shownValue({ numerator, denominator }: { numerator: number; denominator: number }): string {
  if (denominator === 0) return '–'
  const hundredths = (BigInt(numerator) * 20_000n + BigInt(denominator)) / (2n * BigInt(denominator))
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%`
}

// The months back from `month` (`2021-10`), the oldest first, as a period.
export function twelveMonthsTo(month: string): string {
  const [year = 0, of_year = 1] = month.slice(0, 7).split('-').map(Number)
  const last_day = new Date(Date.UTC(year, of_year, 0)).toISOString().slice(0, 10)
  const first = new Date(Date.UTC(year, of_year - 12, 1)).toISOString().slice(0, 10)
  return `${first}..${last_day}`
}

export function indicatorOf(book: Schemas['ScoreBook'] | undefined, id: string): Schemas['IndicatorNote'] | undefined {
  return book?.indicators.find((indicator) => indicator.id === id)
}

export const hasChanged = (figure: Schemas['Figure']): boolean =>
  figure.closed !== undefined &&
  (figure.closed.numerator !== figure.numerator ||
    figure.closed.denominator !== figure.denominator ||
    figure.closed.excluded !== figure.excluded)
