import { afterEach, expect, test } from 'vitest'
import { language } from '../../locale'
import { settingName, settingText, valueText } from './settings'

afterEach(() => (language.value = 'zh'))

test('codes are the words of the list that their key has', () => {
  expect(settingText({ key: 'members', value: 'no_answer, busy' })).toBe('无人接听、忙音')
  expect(settingText({ key: 'unit', value: 'working_days' })).toBe('个工作日')
  expect(settingText({ key: 'basis', value: 'handed_in_on, reconciled_on' })).toBe('回执交回日、回执核销日')
  expect(settingText({ key: 'success', value: 'true' })).toBe('是')
  expect(settingText({ key: 'finding_unclear', value: 'signature_unsure' })).toBe('签名存疑')
  expect(settingText({ key: 'finding_unclear', value: 'none' })).toBe('无')
  expect(settingText({ key: 'periods', value: '09:00-12:00, 14:00-18:00' })).toBe('09:00-12:00, 14:00-18:00')
})

test('a condition is said in the language of the page', () => {
  const condition = { key: 'when', value: "channel == 'group'", in_words: '渠道为团险', in_words_en: 'channel is group' }
  expect(settingText(condition)).toBe('渠道为团险')
  language.value = 'en'
  expect(settingText(condition)).toBe('channel is group')
  expect(settingName('when')).toBe('Condition')
})

test('a value is a figure, or one of the ways that a clause can choose', () => {
  expect(valueText('15')).toBe('15')
  expect(valueText('last_in_cooling_off')).toBe('犹豫期内最后一次')
})

test('a key without a name stands as the book writes it', () => {
  expect(settingName('part_counts')).toBe('part_counts')
})
