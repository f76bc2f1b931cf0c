import { expect, test } from 'vitest'
import { count, instant, money } from './format'

test('money has its thousands apart and its digits as they came', () => {
  expect(['0.00', '999.90', '60000.00', '-1234567.05'].map(money)).toEqual(['0.00', '999.90', '60,000.00', '-1,234,567.05'])
  expect(count(1234567)).toBe('1,234,567')
  expect(money(null)).toBe('')
})

test('an instant is shown at +08:00 wherever the computer stands', () => {
  expect(instant('2021-10-08T09:30:00+08:00')).toBe('2021-10-08 09:30')
  expect(instant(new Date('2021-10-08T01:30:00Z'))).toBe('2021-10-08 09:30')
})
