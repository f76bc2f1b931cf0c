import { computed, onBeforeUnmount, onMounted, reactive, ref, shallowRef, watch } from 'vue'
import { api, type Schemas } from '../../api/client'
import { problemOf, type Problem } from '../../api/problem'
import { businessNow } from '../../session'
import {
  answersText,
  begin,
  choose,
  follow,
  hear,
  instantOf,
  isDialOf,
  newDraft,
  storedDraft,
  storedUnsent,
  wrapUpOf,
  type AnswerOption,
  type Draft,
  type Identity,
  type Questions,
} from './draft'
import { useExchange } from './exchange'
import { t } from './texts'

// One seat and the case on its desk: taken, renewed while somebody sits there, wrapped up or given back.

const renew_ms = 2 * 60_000
const away_ms = 15 * 60_000 // without a key or a click the case is let go

type WrapUpAnswer = Schemas['WrapUpAnswer']
type Card = Schemas['CallCard']
type Contact = Schemas['Contact']

export interface Done extends WrapUpAnswer {
  policy_no: string
  connection: string
  at: string
}

const chance = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(3)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export function useCall() {
  const draft = ref<Draft>()
  const card = shallowRef<Card>()
  const contact = shallowRef<Contact>()
  const questions = shallowRef<Questions>()
  const has_questionnaire = ref(true)
  const identity_result = shallowRef<Schemas['IdentityResult']>()
  const lease_until = ref('')
  const is_held = ref(false)
  const unsent = ref<Draft[]>([]) // of cases that the seat no longer holds
  const is_nothing_now = ref(false)
  const done = ref<Done[]>([]) // on this page, the newest first
  const busy = reactive({ next: false, dial: false, identity: false, submit: false })
  const problem = shallowRef<Problem>()
  const exchange = useExchange((dial) => {
    if (draft.value) follow(draft.value, dial)
  })

  const is_talking = computed(() => draft.value?.started_at !== undefined)
  const path = () => ({ policy_no: draft.value?.policy_no ?? '' })

  watch(draft, (now) => (now ? storedDraft.put(now) : storedDraft.remove()), { deep: true })
  watch(unsent, (now) => (now.length > 0 ? storedUnsent.put(now) : storedUnsent.remove()), { deep: true })

  async function guarded(what: keyof typeof busy, act: () => Promise<void>): Promise<void> {
    if (busy[what]) return
    busy[what] = true
    problem.value = undefined
    try {
      await act()
    } catch (error) {
      problem.value = problemOf(error)
    } finally {
      busy[what] = false
    }
  }

  // Undefined where no rule book of the policy asks anything.
  async function questionsOf(asked: Draft): Promise<Questions | undefined> {
    const answers = answersText(asked)
    try {
      return await api.get('/api/calls/{policy_no}/questions', {
        path: { policy_no: asked.policy_no },
        query: answers ? { answers } : {},
      })
    } catch (error) {
      const refused = problemOf(error)
      if (refused.rule !== 'questionnaire.none') throw refused
      return undefined
    }
  }

  async function loadQuestions(): Promise<void> {
    const asked = draft.value
    if (!asked) return
    const answers = answersText(asked)
    const found = await questionsOf(asked)
    if (draft.value !== asked || answersText(asked) !== answers) return
    questions.value = found
    has_questionnaire.value = found !== undefined
  }

  async function show(call: Schemas['HeldCall'], known: Draft | undefined): Promise<void> {
    contact.value = undefined
    identity_result.value = undefined
    questions.value = undefined
    has_questionnaire.value = true
    const { policy_no } = call
    const [found, dial] = await Promise.all([api.get('/api/calls/{policy_no}', { path: { policy_no } }), exchange.look(policy_no)])
    card.value = found
    draft.value = known ? { ...known, fence: call.fence } : newDraft(call, businessNow(), chance())
    if (isDialOf(draft.value, dial)) follow(draft.value, dial)
    lease_until.value = call.lease_until
    is_held.value = true
    await loadQuestions()
  }

  // What this seat held when the page was left.
  async function resume(): Promise<void> {
    await guarded('next', async () => {
      const kept = storedDraft.get()
      const { call } = await api.get('/api/calls/current')
      const is_held_still = kept !== undefined && kept.policy_no === call?.policy_no
      unsent.value = storedUnsent.get() ?? []
      if (!is_held_still && (kept?.connection || kept?.started_at)) unsent.value.push(kept)
      if (call) return show(call, is_held_still ? kept : undefined)
      storedDraft.remove()
    })
  }

  let resumed: Promise<void> = Promise.resolve()
  async function next(): Promise<void> {
    await resumed
    await takeNext()
  }

  const takeNext = () =>
    guarded('next', async () => {
      if (draft.value) return
      is_nothing_now.value = false
      const { call } = await api.post('/api/calls/next', { body: {} })
      if (!call) {
        is_nothing_now.value = true
        return
      }
      await show(call, undefined)
    })

  // The exchange dials where there is one, and the number stays hidden; else it is shown to be dialled by hand. The call
  // counts from here.
  const dial = (by_hand = false) =>
    guarded('dial', async () => {
      if (!draft.value) return
      const { policy_no, fence, started_at } = draft.value
      const goes_on = started_at !== undefined && contact.value === undefined // the page was loaded again in mid-call
      const is_dialled = exchange.isUnderWay() || (!by_hand && !goes_on && (await exchange.dial(policy_no)))
      const body = { fence, reason: t.dial_reason, names_only: is_dialled && !by_hand }
      contact.value = await api.post('/api/calls/{policy_no}/contact', { path: path(), body })
      if (goes_on) return
      begin(draft.value, businessNow())
    })

  async function answer(question: string, option: AnswerOption): Promise<void> {
    const now = draft.value
    if (!now) return
    const at = businessNow()
    const began = now.started_at ? new Date(now.started_at) : at
    now.answers[question] = {
      option,
      at: instantOf(at),
      recording_offset: Math.max(0, Math.round((at.getTime() - began.getTime()) / 1000)),
    }
    if (question === 'identity') now.party = option === 'yes' ? 'holder' : option === 'no' ? 'other' : 'unknown'
    if (now.connection === '') now.connection = 'answered'
    hear(now, at)
    try {
      await loadQuestions()
    } catch (error) {
      problem.value = problemOf(error)
    }
  }

  function decide(question: string, is_corrected: boolean): void {
    const said = draft.value?.answers[question]
    if (said) said.is_corrected = is_corrected
  }

  function setIdentity(identity: Identity): void {
    if (draft.value) draft.value.identity = identity
  }

  const checkIdentity = (claims: Schemas['IdentityClaims']['claims']) =>
    guarded('identity', async () => {
      if (!draft.value) return
      draft.value.started_at ??= instantOf(businessNow()) // a check counts for the call that it is made in
      hear(draft.value, businessNow())
      identity_result.value = await api.post('/api/calls/{policy_no}/identity', { path: path(), body: { claims } })
      setIdentity(identity_result.value.identity)
      draft.value.party = identity_result.value.identity === 'verified' ? 'holder' : 'unknown'
    })

  function promise(at: string | undefined): void {
    if (!draft.value) return
    if (at) draft.value.appointment_at = at
    else delete draft.value.appointment_at
    if (at && (draft.value.connection === '' || draft.value.connection === 'answered'))
      choose(draft.value, 'inconvenient', businessNow())
  }

  // When the call under way began; before it began, now.
  const madeAt = (): string => draft.value?.started_at ?? instantOf(businessNow())

  function clear(): void {
    draft.value = undefined
    card.value = undefined
    contact.value = undefined
    questions.value = undefined
    is_held.value = false
    exchange.forget()
  }

  function note(sent: Schemas['WrapUp'], policy_no: string, came_of_it: Schemas['WrapUpAnswer']): void {
    done.value = [{ ...came_of_it, policy_no, connection: sent.connection, at: sent.ended_at ?? sent.started_at }, ...done.value]
  }

  const submit = () =>
    guarded('submit', async () => {
      if (!draft.value) return
      const body = wrapUpOf(draft.value, questions.value, businessNow())
      const { policy_no } = draft.value
      const came_of_it = await api.post('/api/calls/{policy_no}/wrap-up', { path: { policy_no }, body })
      note(body, policy_no, came_of_it)
      clear()
    })

  // A call is a fact, whoever holds the case by now.
  const sendUnsent = (kept: Draft) =>
    guarded('submit', async () => {
      const { policy_no } = kept
      const path = { policy_no }
      const [asked, dial] = await Promise.all([questionsOf(kept), api.get('/api/calls/{policy_no}/dial', { path })])
      if (isDialOf(kept, dial)) follow(kept, dial)
      const body = wrapUpOf(kept, asked, businessNow())
      note(body, policy_no, await api.post('/api/calls/{policy_no}/wrap-up', { path, body }))
      discardUnsent(kept)
    })

  function discardUnsent(kept: Draft): void {
    unsent.value = unsent.value.filter((other) => other.attempt_id !== kept.attempt_id)
  }

  const giveBack = () =>
    guarded('next', async () => {
      if (!draft.value) return
      const body = { fence: draft.value.fence }
      await api.post('/api/calls/{policy_no}/give-back', { path: path(), body })
      clear()
    })

  let last_used = Date.now()
  const used = (): void => void (last_used = Date.now())
  async function renew(): Promise<void> {
    if (!draft.value || !is_held.value || Date.now() - last_used > away_ms) return
    try {
      const body = { fence: draft.value.fence }
      const lease = await api.post('/api/calls/{policy_no}/renew', { path: path(), body })
      lease_until.value = lease.lease_until
    } catch (error) {
      if (problemOf(error).rule === 'claim.not_held') is_held.value = false
    }
  }

  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(() => void renew(), renew_ms)
    window.addEventListener('keydown', used)
    window.addEventListener('pointerdown', used)
    resumed = resume()
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    window.removeEventListener('keydown', used)
    window.removeEventListener('pointerdown', used)
  })

  return {
    draft, card, contact, questions, has_questionnaire, identity_result, lease_until, is_held, unsent, exchange,
    is_nothing_now, done, busy, problem, is_talking,
    next, dial, answer, decide, setIdentity, checkIdentity, promise, madeAt, submit, sendUnsent, discardUnsent, giveBack,
  }
}

export type Call = ReturnType<typeof useCall>
