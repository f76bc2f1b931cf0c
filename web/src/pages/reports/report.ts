import { computed, reactive, ref, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, download, type Schemas } from '../../api/client'
import { problemOf, type Problem } from '../../api/problem'
import { language } from '../../locale'
import { useValue, type Value } from '../../parts/value'

export interface Choice {
  report: string
  period: string
  office: string
  book: string
}

export interface Report {
  choice: Choice
  offered: Value<Schemas['Reports']>
  document: Value<Schemas['ReportDocument']>
  make: () => Promise<void>
  save: (format: 'xlsx' | 'html') => Promise<void>
  saving: Ref<string>
  save_problem: Ref<Problem | undefined>
  is_made: ComputedRef<boolean>
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

// A report by the choice that stands in the address, so that it can be passed on; the newest month with policies at first.
export function useReport(report: string): Report {
  const route = useRoute()
  const router = useRouter()
  const choice = reactive<Choice>({
    report: asText(route.query.report) || report,
    period: asText(route.query.period),
    office: asText(route.query.office),
    book: asText(route.query.book) || 'failure-analysis',
  })
  const saving = ref('')
  const save_problem = ref<Problem>()

  const query = (): { period: string; org_code?: string; regime?: string } => ({
    period: choice.period,
    ...(choice.office ? { org_code: choice.office } : {}),
    ...(choice.report === 'failure-analysis' ? { regime: choice.book } : {}),
  })
  const path = (): { report: string } => ({ report: choice.report })

  const offered = useValue(async () => {
    const answer = await api.get('/api/reports')
    choice.period ||= answer.months[1] ?? answer.months[0] ?? '' // the last month that has ended
    return answer
  })
  const document = useValue(() => api.get('/api/reports/{report}', { path: path(), query: query() }))

  async function make(): Promise<void> {
    await router.replace({ query: { report: choice.report, period: choice.period, office: choice.office, book: choice.book } })
    document.value.value = undefined
    if (choice.period) await document.load()
  }

  async function save(format: 'xlsx' | 'html'): Promise<void> {
    saving.value = format
    save_problem.value = undefined
    try {
      await download('/api/reports/{report}', { path: path(), query: { ...query(), format, language: language.value } })
    } catch (error) {
      save_problem.value = problemOf(error)
    } finally {
      saving.value = ''
    }
  }

  const is_made = computed(() => document.value.value !== undefined)
  return { choice, offered, document, make, save, saving, save_problem, is_made }
}
