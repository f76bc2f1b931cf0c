import { timeOfDay } from '../format'
import { t } from './texts'

// `10-12 (二)` of a day `2021-10-12`
export function dayText(day: string): string {
  return `${day.slice(5)} (${t.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]})`
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
