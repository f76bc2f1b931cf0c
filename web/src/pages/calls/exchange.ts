import { onBeforeUnmount, shallowRef } from 'vue'
import { address, api, type Schemas } from '../../api/client'
import { problemOf } from '../../api/problem'

type Dial = Schemas['Dial']

const under_way = ['waiting', 'asked', 'ringing', 'answered']

// The telephone exchange, where one is connected: it dials for the seat and says how far the call is.
export function useExchange(heard: (dial: Dial) => void) {
  const state = shallowRef<Dial>() // undefined: nothing was dialled by it
  let is_connected = false
  let events: EventSource | undefined

  const isUnderWay = (): boolean => state.value !== undefined && under_way.includes(state.value.state)

  function forget(): void {
    events?.close()
    events = undefined
    state.value = undefined
  }

  function take(dial: Dial): void {
    state.value = dial
    heard(dial)
  }

  function follow(policy_no: string): void {
    events?.close()
    events = new EventSource(address('/api/calls/{policy_no}/dial/events', { path: { policy_no } }))
    events.addEventListener('board', (event) => take(JSON.parse((event as MessageEvent<string>).data) as Dial))
  }

  // Whether it is there at all, and the newest dial of this case; one that is under way is followed.
  async function look(policy_no: string): Promise<Dial> {
    forget()
    const dial = await api.get('/api/calls/{policy_no}/dial', { path: { policy_no } })
    is_connected = dial.is_connected
    if (is_connected && under_way.includes(dial.state)) {
      take(dial)
      follow(policy_no)
    }
    return dial
  }

  // Gives false where it has no number to dial.
  async function dial(policy_no: string): Promise<boolean> {
    if (!is_connected) return false
    try {
      take(await api.post('/api/calls/{policy_no}/dial', { path: { policy_no }, body: {} }))
      follow(policy_no)
      return true
    } catch (error) {
      const problem = problemOf(error)
      if (problem.rule === 'dial.off' || problem.rule === 'dial.no_phone') return false
      throw problem
    }
  }

  onBeforeUnmount(forget)
  return { state, isUnderWay, look, dial, forget }
}
