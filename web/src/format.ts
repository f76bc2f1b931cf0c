// How values of the server are written on a page. Figures stay text: nothing is computed from them here.

// `2021-10-08 09:00` of an instant with +08:00; a moment of this computer is shown at +08:00 too.
export function instant(value: string | Date | null | undefined): string {
  if (!value) return ''
  if (value instanceof Date) return new Date(value.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  return value.slice(0, 16).replace('T', ' ')
}

// Of what is known by its day only, as when a policy was issued: the day.
export const dayOrInstant = (value: string | null | undefined): string => instant(value).replace(/ 00:00$/, '')

// With seconds, where the order of events matters.
export const instantToSecond = (value: string): string => value.slice(0, 19).replace('T', ' ')

// `09:00`
export const timeOfDay = (value: string): string => value.slice(11, 16)

// `60,000.00` of `60000.00`
export const money = (value: string | null | undefined): string =>
  value ? value.replace(/\B(?=(\d{3})+(?!\d)(?=\.|$))/g, ',') : ''

// `12,345` of a count
export const count = (value: number | null | undefined): string => (value == null ? '' : money(String(value)))
