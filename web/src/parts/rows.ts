import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { problemOf, type Problem } from '../api/problem'

interface Part<Row> {
  rows: Row[]
  next?: string | null
}

export interface Rows<Row> {
  rows: ShallowRef<Row[]>
  is_loading: Ref<boolean>
  problem: ShallowRef<Problem | undefined>
  has_more: Ref<boolean>
  search: () => Promise<void> // from the first row
  more: () => Promise<void>
}

// A list that the server gives part by part: `load` is asked with the cursor of the part before. An answer that was
// overtaken by a newer search is dropped.
export function useRows<Row>(load: (after: string | undefined) => Promise<Part<Row>>): Rows<Row> {
  const rows = shallowRef<Row[]>([])
  const is_loading = ref(false)
  const problem = shallowRef<Problem>()
  const has_more = ref(false)
  let next: string | undefined
  let newest = 0

  async function read(from_start: boolean): Promise<void> {
    const turn = ++newest
    is_loading.value = true
    problem.value = undefined
    try {
      const part = await load(from_start ? undefined : next)
      if (turn !== newest) return
      rows.value = from_start ? part.rows : [...rows.value, ...part.rows]
      next = part.next ?? undefined
      has_more.value = next !== undefined
    } catch (error) {
      if (turn !== newest) return
      if (from_start) rows.value = []
      problem.value = problemOf(error)
    } finally {
      if (turn === newest) is_loading.value = false
    }
  }

  return { rows, is_loading, problem, has_more, search: () => read(true), more: () => read(false) }
}
