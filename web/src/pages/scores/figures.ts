import type { Schemas } from '../../api/client'

export type Side = 'numerator' | 'denominator' | 'excluded'

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

// Below zero when `a` is less than `b`, as exact fractions; denominators above zero.
function compare(a: Schemas['Figure'], b: Schemas['Figure']): number {
  const difference = BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export interface Ranked<Row> {
  row: Row
  figure: Schemas['Figure']
  rank: number | undefined // 1 is the best; equal figures share one, no data has none
}

// The rows by their figure, the best first and those without data last; of a closed month by what was closed.
export function ranked<Row extends { figures: Schemas['Figure'][] }>(
  rows: Row[],
  indicator: string,
  higher_is_better: boolean,
): Ranked<Row>[] {
  const found = rows.flatMap((row) => {
    const figure = row.figures.find((one) => one.indicator === indicator)
    return figure ? [{ row, figure: figure.closed ? { ...figure, ...figure.closed } : figure }] : []
  })
  const better = (a: Schemas['Figure'], b: Schemas['Figure']): number => (higher_is_better ? compare(b, a) : compare(a, b))
  const known = found.filter(({ figure }) => figure.denominator > 0).sort((a, b) => better(a.figure, b.figure))
  const rankOf = (figure: Schemas['Figure']): number => known.findIndex((other) => compare(other.figure, figure) === 0) + 1
  return [
    ...known.map(({ row, figure }) => ({ row, figure, rank: rankOf(figure) })),
    ...found.filter(({ figure }) => figure.denominator === 0).map(({ row, figure }) => ({ row, figure, rank: undefined })),
  ]
}
