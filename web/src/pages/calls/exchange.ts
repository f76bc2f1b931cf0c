import { onBeforeUnmount, shallowRef } from 'vue'
import { api, address, type Schemas } from '../../api/client'
import { problemOf } from '../../api/problem'

// The telephone exchange, where one is connected: it dials for the seat and says how far the call is.
export function useExchange(onRecording: (recording_id: string) => void) {
  const state = shallowRef<Schemas['Dial']>() // undefined: nothing was dialled by it
  let events: EventSource | undefined

  function forget(): void {
    events?.close()
    events = undefined
    state.value = undefined
  }

  function follow(policy_no: string): void {
    events?.close()
    events = new EventSource(address('/api/calls/{policy_no}/dial/events', { path: { policy_no } }))
    events.addEventListener('board', (event) => {
      const dial = JSON.parse((event as MessageEvent<string>).data) as Schemas['Dial']
      state.value = dial
      if (dial.recording_id) onRecording(dial.recording_id)
      if (dial.state === 'ended' || dial.state === 'failed') events?.close()
    })
  }

  // Gives false where no exchange is connected, or it has no number.
  async function dial(policy_no: string): Promise<boolean> {
    try {
      state.value = await api.post('/api/calls/{policy_no}/dial', { path: { policy_no }, body: {} })
      follow(policy_no)
      return true
    } catch (error) {
      const problem = problemOf(error)
      if (problem.rule === 'dial.off' || problem.rule === 'dial.no_phone') return false
      throw problem
    }
  }

  onBeforeUnmount(forget)
  return { state, dial, forget }
}
