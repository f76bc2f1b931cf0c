import { timeOfDay } from '../format'
import { t } from './texts'

const numbers = (day: string): number[] => day.split('-').map(Number)

// `10月12日 周二` of a day `2021-10-12`
export function dayText(day: string): string {
  const [, month = 0, of_month = 0] = numbers(day)
  return t.day(month, of_month, new Date(`${day}T00:00:00Z`).getUTCDay())
}

// `2021年10月12日`
export function wholeDay(day: string): string {
  const [year = 0, month = 0, of_month = 0] = numbers(day)
  return t.whole_day(year, month, of_month)
}

export const dayAndTime = (moment: string): string => `${dayText(moment.slice(0, 10))} ${timeOfDay(moment)}`

// The moments by day.
export function byDay(moments: string[]): Map<string, string[]> {
  const days = new Map<string, string[]>()
  for (const moment of moments) {
    const day = moment.slice(0, 10)
    days.set(day, [...(days.get(day) ?? []), moment])
  }
  return days
}
