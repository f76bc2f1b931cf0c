import { expect, test } from 'vitest'
import { findingsOf, instantOf, interviewOf, missingOf, newDraft, wrapUpOf, type Draft, type Questions } from './draft'

const at = new Date('2021-10-20T02:00:00Z')
const question = (id: string, finding = ''): Questions['questions'][number] => ({
  id,
  title: id,
  title_en: id,
  text: id,
  text_en: id,
  explain: '',
  explain_en: '',
  finding,
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
