import { expect, test } from 'vitest'
import type { Schemas } from '../../api/client'
import {
  begin,
  choose,
  findingsOf,
  follow,
  hear,
  instantOf,
  interviewOf,
  isDialOf,
  missingOf,
  newDraft,
  wrapUpOf,
  type Draft,
  type Questions,
} from './draft'

const at = new Date('2021-10-20T02:00:00Z')
const question = (id: string, finding = '', finding_unclear = finding): Questions['questions'][number] => ({
  id,
  title: id,
  title_en: id,
  text: id,
  text_en: id,
  explain: '',
  explain_en: '',
  finding,
  finding_unclear,
  clause: '',
  statutory: true,
})
const questions: Questions = {
  version: '1',
  questions: [question('identity'), question('liability', 'notice'), question('term', 'terms')],
}

function draft(answers: Record<string, 'yes' | 'no' | 'unclear'>, more: Partial<Draft> = {}): Draft {
  const fresh = newDraft({ policy_no: 'P1', leg: 'first_call', fence: 3 }, at, 'ab')
  for (const [id, option] of Object.entries(answers)) fresh.answers[id] = { option, at: instantOf(at), recording_offset: 5 }
  return { ...fresh, connection: 'answered', identity: 'verified', ...more }
}

test('an attempt is named by its moment in China', () => {
  expect(draft({}).attempt_id).toBe('W20211020100000-ab')
  expect(instantOf(at)).toBe('2021-10-20T10:00:00+08:00')
})

test('an interview is complete when everything that is asked was answered', () => {
  expect(interviewOf(draft({}), questions)).toBe('none')
  expect(interviewOf(draft({ identity: 'yes' }), questions)).toBe('partial')
  const everything = draft({ identity: 'yes', liability: 'no', term: 'yes' })
  expect(interviewOf(everything, questions)).toBe('complete')
  expect(interviewOf({ ...everything, connection: 'holder_refused' }, questions)).toBe('refused')
  expect(interviewOf(draft({ identity: 'no' }), { ...questions, ended_by: 'identity' })).toBe('none')
  expect(interviewOf({ ...everything, identity: 'failed' }, questions)).toBe('none')
  expect(interviewOf(draft({}), undefined)).toBe('none')
})

test('a doubt is corrected or open, and open when one of two is', () => {
  const one = draft({ identity: 'yes', liability: 'no', term: 'unclear' })
  expect(missingOf(one, questions.questions)).toEqual(['doubt'])
  one.answers.liability!.is_corrected = true
  one.answers.term!.is_corrected = false
  expect(missingOf(one, questions.questions)).toEqual([])
  expect(findingsOf(one, questions.questions)).toEqual({ corrected: ['notice'], open: ['terms'] })
  one.more_doubts.push({ finding: 'notice', is_corrected: false })
  expect(findingsOf(one, questions.questions)).toEqual({ corrected: [], open: ['terms', 'notice'] })
})

test('an unclear answer leaves a doubt of its own, or none', () => {
  const asked = [question('signature', 'proxy', 'unsure'), question('service', 'other', '')]
  expect(findingsOf(draft({ signature: 'unclear', service: 'unclear' }), asked)).toEqual({ corrected: [], open: ['unsure'] })
  expect(missingOf(draft({ service: 'unclear' }), asked)).toEqual([])
  expect(findingsOf(draft({ signature: 'no', service: 'no' }), asked).open).toEqual(['proxy', 'other'])
})

test('a dialect needs its name', () => {
  expect(missingOf(draft({}, { connection: 'dialect' }), [])).toEqual(['language'])
  expect(missingOf(draft({}, { connection: 'dialect', language: '粤语' }), [])).toEqual([])
  expect(missingOf(draft({}, { connection: '' }), [])).toEqual(['connection'])
})

test('what is sent holds what was written, and nothing that was not', () => {
  const sent = wrapUpOf(draft({ identity: 'yes' }, { note: ' 稍后 ' }), questions, at)
  expect(sent).toMatchObject({ note: '稍后', fence: 3, interview: 'partial', started_at: '2021-10-20T10:00:00+08:00' })
  expect(sent.answers).toEqual([{ question: 'identity', option: 'yes', at: instantOf(at), recording_offset: 5 }])
  expect(sent).not.toHaveProperty('language')
  expect(sent).not.toHaveProperty('appointment_at')
})

const china = (time: string): Date => new Date(`2021-10-20T${time}+08:00`)
const next_morning = new Date('2021-10-21T01:00:00Z')
const endSent = (one: Draft): string | undefined => wrapUpOf(one, questions, next_morning).ended_at
const dial = (more: Partial<Schemas['Dial']>): Schemas['Dial'] => ({ is_connected: true, state: 'ended', recording_id: '', fault: '', ...more })

test('a call ends when the agent says how, whenever it is sent', () => {
  const call = draft({}, { connection: '' })
  begin(call, china('10:00:00'))
  choose(call, 'busy', china('10:00:40'))
  choose(call, 'no_answer', china('10:02:00')) // put right in the wrap-up
  expect(endSent(call)).toBe('2021-10-20T10:00:40+08:00')
  expect(wrapUpOf(call, questions, next_morning).started_at).toBe('2021-10-20T10:00:00+08:00')
})

test('a call goes on while something is heard, and ends with the last word when nobody said that it did', () => {
  const call = draft({}, { connection: '' })
  begin(call, china('10:00:00'))
  choose(call, 'answered', china('10:00:10'))
  hear(call, china('10:03:00'))
  expect(endSent(call)).toBe('2021-10-20T10:03:00+08:00')
  choose(call, 'answered', china('10:03:20'))
  expect(endSent(call)).toBe('2021-10-20T10:03:20+08:00')
  begin(call, china('10:05:00')) // dialled once more
  choose(call, 'busy', china('10:05:30'))
  expect(endSent(call)).toBe('2021-10-20T10:05:30+08:00')
})

test('the exchange knows when a call ended, unless the agent said so before', () => {
  const call = draft({}, { connection: '' })
  begin(call, china('10:00:00'))
  follow(call, dial({ ended_at: '2021-10-20T10:01:00+08:00', recording_id: 'R1' }))
  hear(call, china('10:01:05'))
  choose(call, 'answered', china('10:04:00'))
  expect(endSent(call)).toBe('2021-10-20T10:01:00+08:00')
  expect(call.recording_id).toBe('R1')
  const other = draft({}, { connection: '' })
  begin(other, china('10:00:00'))
  choose(other, 'hung_up_early', china('10:00:50'))
  follow(other, dial({ ended_at: '2021-10-20T10:01:00+08:00' }))
  expect(endSent(other)).toBe('2021-10-20T10:00:50+08:00')
  const failed = draft({}, { connection: '' })
  follow(failed, dial({ state: 'failed', ended_at: '2021-10-20T09:59:59+08:00' }))
  failed.started_at = instantOf(china('10:00:00')) // a dial that failed at once
  expect(endSent(failed)).toBe('2021-10-20T10:00:00+08:00')
})

test('nobody invents the end of a call that nobody followed', () => {
  const call = draft({}, { connection: '' })
  begin(call, china('10:00:00'))
  call.connection = 'busy' // named the next morning
  expect(wrapUpOf(call, questions, next_morning)).not.toHaveProperty('ended_at')
})

test('the dial of a draft began with it', () => {
  const call = draft({})
  begin(call, china('10:00:00'))
  expect(isDialOf(call, dial({ requested_at: '2021-10-20T09:59:58+08:00' }))).toBe(true)
  expect(isDialOf(call, dial({ requested_at: '2021-10-20T14:00:00+08:00' }))).toBe(false)
  expect(isDialOf(call, dial({}))).toBe(false)
})
