import { onBeforeUnmount, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { api, type Schemas } from '../../api/client'
import { problemOf, type Problem } from '../../api/problem'

export type Wallboard = Schemas['Wallboard']
export type SeatLine = Schemas['SeatLine']

// The board as it changes. While the events break off, the browser tries again by itself.
export function useBoard(): {
  board: ShallowRef<Wallboard | undefined>
  is_live: Ref<boolean>
  problem: ShallowRef<Problem | undefined>
  load: () => Promise<void>
} {
  const board = shallowRef<Wallboard>()
  const is_live = ref(true)
  const problem = shallowRef<Problem>()
  let events: EventSource | undefined

  function follow(): void {
    events?.close()
    events = new EventSource('/api/supervision/wallboard/events')
    events.addEventListener('board', (event: MessageEvent<string>) => {
      board.value = JSON.parse(event.data) as Wallboard
      is_live.value = true
    })
    events.addEventListener('signed_out', () => {
      events?.close()
      void load()
    })
    events.onerror = () => {
      is_live.value = false
    }
  }

  async function load(): Promise<void> {
    problem.value = undefined
    try {
      board.value = await api.get('/api/supervision/wallboard')
      follow()
    } catch (error) {
      problem.value = problemOf(error)
    }
  }

  onBeforeUnmount(() => events?.close())
  return { board, is_live, problem, load }
}

export const sumOf = <Row>(rows: Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0)
