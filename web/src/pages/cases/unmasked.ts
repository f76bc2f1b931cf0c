import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { api, type Schemas } from '../../api/client'

type Page = Schemas['CasePage']
type Fact = Schemas['CaseFact']

export type Group = 'names' | 'id' | 'phones' | 'address'
const seconds_in_full = 60

// As the server names a field: `mobile_phone` of the policy, `attempt/T1/phone` of another fact.
export const fieldPath = (fact: Fact, name: string): string => (fact.kind === 'policy' ? name : `${fact.kind}/${fact.key}/${name}`)

function groupOf(name: string): Group {
  if (name === 'holder_id_no') return 'id'
  if (name === 'address') return 'address'
  return name.endsWith('name') ? 'names' : 'phones'
}

export interface Unmasked {
  texts: ShallowRef<Map<string, string>> // by path; empty again after a minute
  groups: ComputedRef<Group[]> // what is masked on this page
  chosen: Ref<Group[]>
  ask: (reason: string) => Promise<void>
  hide: () => void
}

// Personal fields of a case in full for a minute.
export function useUnmasked(policy_no: () => string, page: () => Page | undefined): Unmasked {
  const texts = shallowRef(new Map<string, string>())
  const chosen = ref<Group[]>(['phones'])
  let timer: ReturnType<typeof setTimeout> | undefined

  const masked = computed(() =>
    (page()?.facts ?? []).flatMap((fact) =>
      (fact.versions.at(-1)?.fields ?? [])
        .filter((field) => field.is_masked)
        .map((field) => ({ path: fieldPath(fact, field.name), group: groupOf(field.name) })),
    ),
  )
  const groups = computed(() => [...new Set(masked.value.map(({ group }) => group))])

  function hide(): void {
    clearTimeout(timer)
    texts.value = new Map()
  }
  onScopeDispose(hide)

  async function ask(reason: string): Promise<void> {
    const fields = masked.value.filter(({ group }) => chosen.value.includes(group)).map(({ path }) => path)
    const answer = await api.post('/api/cases/{policy_no}/unmask', {
      path: { policy_no: policy_no() },
      body: { fields: fields.slice(0, 50), reason },
    })
    texts.value = new Map(answer.fields.map(({ field, text }) => [field, text]))
    clearTimeout(timer)
    timer = setTimeout(hide, seconds_in_full * 1000)
  }

  return { texts, groups, chosen, ask, hide }
}
