import type { Schemas } from '../../api/client'
import { aside, inLanguage, language } from '../../locale'
import { chart_colours } from '../../parts/chart_colours'
import type { ChartOption } from '../../parts/charts'
import { t } from './texts'

export type Document = Schemas['ReportDocument']
export type Table = Schemas['ReportTable']
export type Cell = Schemas['ReportCell']
type Chart = NonNullable<Table['chart']>
type Row = Table['rows'][number]

export const shown = (cell: Cell): string => (language.value === 'en' ? (cell.en ?? cell.zh) : cell.zh)

// For drawing only; what is read stands in the table as the server wrote it.
const drawn = (row: Row, column: number): number => Number(row.cells[column]?.number ?? 0)
const label = (row: Row, column: number): string => {
  const cell = row.cells[column]
  return cell ? shown(cell) : ''
}

const value_axis = { type: 'value' as const, splitLine: { lineStyle: { color: '#e4e9ea' } } }
const percent_axis = { type: 'value' as const, max: 100, splitLine: { show: false }, axisLabel: { formatter: '{value}%' } }

function pareto(rows: Row[], chart: Chart): ChartOption {
  const [count = 1, , cumulated = 3] = chart.values
  const names = rows.map((row) => label(row, chart.label))
  return {
    tooltip: { trigger: 'axis' },
    legend: { top: 0 },
    grid: { left: 56, right: 56, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: names, axisLabel: { interval: 0, rotate: names.length > 6 ? 30 : 0 } },
    yAxis: [value_axis, percent_axis],
    series: [
      {
        type: 'bar',
        name: t.count,
        data: rows.map((row) => drawn(row, count)),
        barMaxWidth: 46,
        label: { show: true, position: 'top' },
      },
      { type: 'line', name: t.cumulated, yAxisIndex: 1, data: rows.map((row) => drawn(row, cumulated)), lineStyle: { type: 'dashed' } },
    ],
  }
}

function bars(rows: Row[], chart: Chart, table: Table): ChartOption {
  const [value = 1, ...beside] = chart.values
  const is_share = rows.some((row) => label(row, value).endsWith('%'))
  const from_below = [...rows].reverse()
  const words = (row: Row): string => {
    const figures = beside.map((column) => label(row, column)).join(' / ')
    return figures ? label(row, value) + aside(figures) : label(row, value)
  }
  return {
    grid: { left: 8, right: 150, top: 8, bottom: 8, containLabel: true },
    tooltip: { trigger: 'axis' },
    xAxis: is_share ? { ...percent_axis, splitLine: value_axis.splitLine } : value_axis,
    yAxis: { type: 'category', data: from_below.map((row) => label(row, chart.label)) },
    series: [
      {
        type: 'bar',
        name: columnTitle(table, value),
        data: from_below.map((row) => drawn(row, value)),
        barMaxWidth: 22,
        label: { show: true, position: 'right', formatter: (bar) => words(from_below[bar.dataIndex ?? 0] as Row) },
      },
    ],
  }
}

function stacked(rows: Row[], chart: Chart, table: Table): ChartOption {
  const from_below = [...rows].reverse()
  return {
    tooltip: { trigger: 'axis' },
    legend: { top: 0 },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: value_axis,
    yAxis: { type: 'category', data: from_below.map((row) => label(row, chart.label)) },
    series: chart.values.map((column, n) => ({
      type: 'bar' as const,
      name: columnTitle(table, column),
      stack: 'all',
      barMaxWidth: 26,
      itemStyle: { color: chart_colours[(n * 2) % chart_colours.length] ?? '#17617a', borderColor: '#fff', borderWidth: 1 },
      data: from_below.map((row) => drawn(row, column)),
    })),
  }
}

function lines(rows: Row[], chart: Chart, table: Table): ChartOption {
  return {
    tooltip: { trigger: 'axis' },
    legend: { top: 0 },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: rows.map((row) => label(row, chart.label)) },
    yAxis: value_axis,
    series: chart.values.map((column, n) => ({
      type: 'line' as const,
      name: columnTitle(table, column),
      symbolSize: 5,
      lineStyle: { type: n === 0 ? ('solid' as const) : ('dashed' as const) },
      data: rows.map((row) => drawn(row, column)),
    })),
  }
}

const columnTitle = (table: Table, column: number): string => {
  const title = table.columns[column]
  return title ? inLanguage(title) : ''
}

const drawings = { pareto, bars, stacked, lines }

// The drawing of a table that asks for one and has something to draw.
export function chartOf(table: Table): ChartOption | undefined {
  const rows = table.rows.filter((row) => row.kind === 'plain')
  if (!table.chart || rows.length === 0) return undefined
  return drawings[table.chart.kind](rows, table.chart, table)
}

export function chartHeight(table: Table): number {
  const rows = table.rows.filter((row) => row.kind === 'plain').length
  const is_lying = table.chart?.kind === 'bars' || table.chart?.kind === 'stacked'
  return is_lying ? Math.max(110, rows * 32 + 50) : 300
}
