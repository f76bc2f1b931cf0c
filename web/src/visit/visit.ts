// What the page knows and asks the server for. The token stands behind the `#`, so it is in no log of addresses.
import { computed, reactive, ref } from 'vue'
import { api, type Schemas } from '../api/client'
import { Problem, problemOf } from '../api/problem'

export type Option = Schemas['VisitAnswer']['option']
export type Step = 'loading' | 'refused' | 'identity' | 'welcome' | 'question' | 'review' | 'call' | 'finished' | 'called'

interface Kept {
  pass: string
  answers: [string, Option][]
}

const token = location.hash.slice(1)
const storage_key = `shouyue.visit.${token.slice(0, 16)}`

export const step = ref<Step>('loading')
export const problem = ref<Problem | null>(null)
export const office = ref<Schemas['VisitOffice'] | null>(null)
export const identity = ref<Schemas['VisitBegin']['identity']>('none')
export const page = ref<Schemas['VisitQuestions'] | null>(null)
export const answers = reactive(new Map<string, Option>())
export const position = ref(0)
export const moments = ref<string[]>([])
export const wished = ref<string | null>(null)
export const callFollows = ref(false)
export const busy = ref(false)
const pass = ref('')

export const question = computed(() => page.value?.questions[position.value])
export const isAllAnswered = computed(() => page.value?.questions.every((one) => answers.has(one.id)) ?? false)

// What was filled in outlives a reload of the page on this phone, and is forgotten when it was sent.
function keep() {
  const kept: Kept = { pass: pass.value, answers: [...answers] }
  localStorage.setItem(storage_key, JSON.stringify(kept))
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(storage_key) ?? '{}') as Partial<Kept>
    pass.value = kept.pass ?? ''
    for (const [id, option] of kept.answers ?? []) answers.set(id, option)
  } catch {
    localStorage.removeItem(storage_key)
  }
}

// What can be mended on the page itself; anything else ends the visit.
const mendable = ['visit.identity_wrong', 'visit.too_often', 'visit.no_such_moment', 'network.unreachable']

async function ask(work: () => Promise<void>) {
  busy.value = true
  problem.value = null
  try {
    await work()
  } catch (error) {
    const refusal = problemOf(error)
    if (refusal.rule === 'visit.pass_needed') {
      step.value = 'identity'
    } else {
      problem.value = refusal
      if (!mendable.includes(refusal.rule) || step.value === 'loading') step.value = 'refused'
    }
  } finally {
    busy.value = false
  }
}

const said = () => [...answers].map(([id, option]) => ({ question: id, option }))

async function readQuestions() {
  page.value = await api.post('/api/visit/questions', { body: { token, pass: pass.value, answers: said() } })
}

export const begin = () =>
  ask(async () => {
    step.value = 'loading'
    office.value = await api.get('/api/visit')
    if (!token) {
      step.value = 'refused'
      return
    }
    recall()
    identity.value = (await api.post('/api/visit/begin', { body: { token } })).identity
    if (!pass.value) {
      step.value = 'identity'
      return
    }
    await readQuestions()
    step.value = 'welcome'
  })

export const verify = (answer: string) =>
  ask(async () => {
    pass.value = (await api.post('/api/visit/identity', { body: { token, answer } })).pass
    keep()
    await readQuestions()
    step.value = 'welcome'
  })

export function start() {
  const open = page.value?.questions.findIndex((one) => !answers.has(one.id)) ?? -1
  position.value = open
  step.value = open < 0 ? 'review' : 'question'
}

export const choose = (option: Option) =>
  ask(async () => {
    if (!question.value) return
    answers.set(question.value.id, option)
    keep()
    await readQuestions()
    const is_last = position.value + 1 >= (page.value?.questions.length ?? 0)
    if (is_last || isAllAnswered.value) step.value = 'review'
    else position.value += 1
  })

export function back() {
  if (position.value > 0) position.value -= 1
  else step.value = 'welcome'
}

export function change(n: number) {
  position.value = n
  step.value = 'question'
}

export const submit = () =>
  ask(async () => {
    const asked = new Set(page.value?.questions.map((one) => one.id))
    const body = { token, pass: pass.value, answers: said().filter((one) => asked.has(one.question)) }
    callFollows.value = (await api.post('/api/visit/answers', { body })).call_follows
    localStorage.removeItem(storage_key)
    step.value = 'finished'
  })

export const offerCall = () =>
  ask(async () => {
    moments.value = (await api.post('/api/visit/call-moments', { body: { token } })).moments
    wished.value = null
    step.value = 'call'
  })

export const askForCall = () =>
  ask(async () => {
    const body = { token, ...(pass.value && { pass: pass.value }), ...(wished.value && { wished: wished.value }) }
    await api.post('/api/visit/call', { body })
    localStorage.removeItem(storage_key)
    step.value = 'called'
  })

export function backToQuestions() {
  step.value = pass.value && page.value ? 'welcome' : 'identity'
}
