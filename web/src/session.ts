import { computed, reactive } from 'vue'
import { api, credentials, type Schemas } from './api/client'
import { Problem } from './api/problem'

export type Me = Schemas['Me']

interface Waiting {
  proceed: () => void
  giveUp: (problem: Problem) => void
}

const state = reactive({
  me: null as Me | null,
  clock_offset: 0, // milliseconds from the clock of this computer to the business time
  is_over: false, // the sign-in ended while a page was open
})
let waiting: Waiting[] = []

export const me = computed(() => state.me)
export const is_over = computed(() => state.is_over)
export const may = (permission: string): boolean => state.me?.permissions.includes(permission) ?? false
export const businessNow = (): Date => new Date(Date.now() + state.clock_offset)

function take(answer: Me): void {
  const is_somebody_else = state.me !== null && state.me.account.name !== answer.account.name
  state.me = answer
  state.clock_offset = new Date(answer.now).getTime() - Date.now()
  credentials.csrf = answer.csrf
  if (is_somebody_else) location.assign('/')
}

async function ask(): Promise<void> {
  const response = await fetch('/api/me')
  if (!response.ok) throw await Problem.of(response)
  take((await response.json()) as Me)
}

// Whether somebody is signed in already. Throws a Problem when the server does not answer.
export async function resume(): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (error instanceof Problem && error.rule === 'sign_in.needed') return false
    throw error instanceof Problem ? error : Problem.unreachable()
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  take(await api.post('/api/sign-in', { body: { name, password } }))
  state.is_over = false
  for (const { proceed } of waiting) proceed()
  waiting = []
}

export async function signOut(): Promise<void> {
  await api.delete('/api/sign-in')
  location.assign('/sign-in')
}

export async function changePassword(before: string, after: string): Promise<void> {
  await api.put('/api/me/password', { body: { before, after } })
  await ask()
}

// A page keeps what was typed: the person signs in above it, and what was asked goes on.
credentials.signInAgain = () => {
  state.is_over = true
  return new Promise((proceed, giveUp) => waiting.push({ proceed, giveUp }))
}
credentials.refresh = ask
