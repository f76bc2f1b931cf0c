import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { problemOf, type Problem } from '../api/problem'

export interface Value<T> {
  value: ShallowRef<T | undefined>
  is_loading: Ref<boolean>
  problem: ShallowRef<Problem | undefined>
  load: () => Promise<void>
}

// One thing that the server gives; what was read before stays while it is read again.
export function useValue<T>(read: () => Promise<T>): Value<T> {
  const value = shallowRef<T>()
  const is_loading = ref(true)
  const problem = shallowRef<Problem>()
  let newest = 0

  async function load(): Promise<void> {
    const turn = ++newest
    is_loading.value = value.value === undefined
    problem.value = undefined
    try {
      const answer = await read()
      if (turn === newest) value.value = answer
    } catch (error) {
      if (turn === newest) problem.value = problemOf(error)
    } finally {
      if (turn === newest) is_loading.value = false
    }
  }

  return { value, is_loading, problem, load }
}
