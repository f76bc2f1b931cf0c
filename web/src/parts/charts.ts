import { BarChart, LineChart, type BarSeriesOption, type LineSeriesOption } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  type GridComponentOption,
  type LegendComponentOption,
  type TooltipComponentOption,
} from 'echarts/components'
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { chart_colours } from './chart_colours'

use([
  AriaComponent,
  BarChart,
  GridComponent,
  LegendComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
])

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>
export type DrawnChart = EChartsType

// As SVG, which prints sharp.
export const newChart = (place: HTMLElement): DrawnChart => init(place, null, { renderer: 'svg' })

// Draws in the place of what was drawn before.
export function draw(chart: DrawnChart, option: ChartOption): void {
  const textStyle = { fontFamily: getComputedStyle(document.body).fontFamily }
  chart.setOption({ animation: false, color: chart_colours, textStyle, ...option }, true)
}
