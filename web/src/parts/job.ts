import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import { api, type Schemas } from '../api/client'
import { problemOf, type Problem } from '../api/problem'

export type Job = Schemas['Job']

export interface WatchedJob {
  job: ShallowRef<Job | undefined>
  problem: ShallowRef<Problem | undefined>
  run: (start: () => Promise<Job>) => Promise<Job | undefined> // gives the job when it has ended
  cancel: () => Promise<void>
}

export const hasEnded = (job: Job): boolean => job.state !== 'waiting' && job.state !== 'running'

const pause_ms = 1000

// Work that takes longer than a request: started here, followed by its events, asked for where those break off.
export function useJob(): WatchedJob {
  const job = shallowRef<Job>()
  const problem = shallowRef<Problem>()
  let events: EventSource | undefined
  let is_gone = false

  function follow(id: string): Promise<void> {
    return new Promise<void>((resolve) => {
      events = new EventSource(`/api/jobs/${encodeURIComponent(id)}/events`)
      events.addEventListener('job', (event: MessageEvent<string>) => {
        job.value = JSON.parse(event.data) as Job
        if (hasEnded(job.value)) resolve()
      })
      events.onerror = () => resolve()
    }).finally(() => events?.close())
  }

  async function run(start: () => Promise<Job>): Promise<Job | undefined> {
    problem.value = undefined
    job.value = undefined
    try {
      job.value = await start()
      const { id } = job.value
      await follow(id)
      while (!is_gone && !hasEnded(job.value)) {
        await new Promise((resolve) => setTimeout(resolve, pause_ms))
        job.value = await api.get('/api/jobs/{id}', { path: { id } })
      }
      return job.value
    } catch (error) {
      problem.value = problemOf(error)
      return undefined
    }
  }

  async function cancel(): Promise<void> {
    if (job.value && !hasEnded(job.value)) await api.delete('/api/jobs/{id}', { path: { id: job.value.id } })
  }

  onBeforeUnmount(() => {
    is_gone = true
    events?.close()
  })
  return { job, problem, run, cancel }
}
