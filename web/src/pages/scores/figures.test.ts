import { expect, test } from 'vitest'
import { ranked } from './figures'

const office = (name: string, numerator: number, denominator: number) => ({
  name,
  figures: [{ indicator: 'done', numerator, denominator, excluded: 0, excluded_by: [], value: '0.333333' }],
})
const ranks = (rows: ReturnType<typeof office>[], higher_is_better: boolean): string[] =>
  ranked(rows, 'done', higher_is_better).map(({ row, rank }) => `${rank ?? '–'} ${row.name}`)

test('ranks are by the exact fraction: equal ones share a rank, no data stands last', () => {
  const rows = [office('none', 0, 0), office('third', 1, 3), office('half', 2, 4), office('same third', 2, 6), office('last', 0, 9)]
  expect(ranks(rows, true)).toEqual(['1 half', '2 third', '2 same third', '4 last', '– none'])
})

test('figures that differ beyond what is shown have different ranks', () => {
  expect(ranks([office('less', 333_333, 1_000_000), office('more', 1, 3)], true)).toEqual(['1 more', '2 less'])
})

test('where less is better, the least comes first and no data still last', () => {
  expect(ranks([office('none', 0, 0), office('worst', 5, 9), office('best', 1, 9)], false)).toEqual(['1 best', '2 worst', '– none'])
})

test('a closed month is ranked by what was closed', () => {
  const moved = office('moved', 1, 9)
  const closed = { ...moved, figures: moved.figures.map((figure) => ({ ...figure, closed: { numerator: 8, denominator: 9, excluded: 0 } })) }
  const [first] = ranked([office('other', 5, 9), closed], 'done', true)
  expect([first?.row.name, first?.figure.numerator]).toEqual(['moved', 8])
})

test('another indicator is not ranked', () => {
  expect(ranked([office('one', 1, 2)], 'other', true)).toEqual([])
})
