import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { language } from '../../locale'
import { headingOf, isNamed, settingName, settingText, valueText } from './settings'

const untitled = { id: '', title: '', title_en: '', cite: '', assumed: false, note: '', place: '', values: [], settings: [] }

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

test('a score is read without the words of the file', () => {
  expect(settingText({ key: 'kind', value: 'steps' })).toBe('按档加减分')
  expect(settingText({ key: 'cohort', value: 'issued_on' })).toBe('承保日')
  expect(settingText({ key: 'part_counts', value: 'true' })).toBe('是')
  expect(settingText({ key: 'floor', value: '0' })).toBe('0')
  expect(settingName('critical')).toBe('临界值')
  expect(headingOf({ ...untitled, path: 'kpi.indicator.unnamed.score.worse' })).toBe('劣于健康值时减分')
  expect(headingOf({ ...untitled, path: 'kpi.own' })).toBe('kpi.own')
})

test('what a book names itself has the word of its list, in a crosswalk the key too', () => {
  expect(settingText({ key: 'ticket_subtypes', value: 'proxy_signature' })).toBe('代签名')
  expect(settingText({ key: 'group', value: 'number' })).toBe('号码问题')
  expect(settingText({ key: 'opens', value: 'explanation' })).toBe('沟通解释件')
  expect(settingName('problem/proxy_documents')).toBe('问题件 · 重要资料代签字')
  expect(settingText({ key: 'problem/proxy_documents', value: 'problem/proxy_signature' })).toBe('问题件 · 代签名')
  expect(settingText({ key: 'group', value: 'of_another_book' })).toBe('of_another_book')
})

// Those that every clause has, those of values and of pieces, and those that the page shows elsewhere.
const shown_elsewhere = [
  ...['id', 'title', 'title_en', 'cite', 'status', 'note', 'values', 'exceptions', 'value', 'known_from', 'priority'],
  ...['slope', 'offset', 'source', 'binds_from', 'extends', 'exclusions', 'better', 'worse', 'remove'],
]

test('every key of the shipped rule books has a name', () => {
  const books = readdirSync('../regimes', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(`../regimes/${name}`).map((file) => `../regimes/${name}/${file}`))
    .filter((path) => path.endsWith('.toml'))
  const keys = books.flatMap((path) => {
    const text = readFileSync(path, 'utf8').replaceAll(/= "[^"\n]*"/g, '= ""')
    return [...text.matchAll(/(?<![\w/])"?([a-z_/]+)"? = /g)].map(([, key = '']) => key)
  })
  expect(keys.length).toBeGreaterThan(1000)
  expect([...new Set(keys)].filter((key) => !isNamed(key) && !shown_elsewhere.includes(key))).toEqual([])
})

test('a key without a name stands as the book writes it', () => {
  expect(settingName('no_such_key')).toBe('no_such_key')
})
