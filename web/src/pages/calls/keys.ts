import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

// Single keys of a page, which can be switched off (WCAG 2.1.4). They do nothing inside a field or below a dialog.

const storage_key = 'shouyue.calls.keys'

export const are_keys_on = ref(localStorage.getItem(storage_key) !== 'off')
watch(are_keys_on, (on) => localStorage.setItem(storage_key, on ? 'on' : 'off'))

const fields = 'input, textarea, select, [contenteditable="true"], [role="combobox"]'
const is_covered = (): boolean =>
  Array.from(document.querySelectorAll<HTMLElement>('.el-overlay')).some((overlay) => overlay.style.display !== 'none')

export type Keys = Record<string, () => void>

const nameOf = (event: KeyboardEvent): string => {
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key
  return event.ctrlKey || event.metaKey ? `Ctrl+${name}` : name
}

// `keys` is asked at each stroke, so that it may change with what is on the page.
export function useKeys(keys: () => Keys): void {
  function pressed(event: KeyboardEvent): void {
    if (event.altKey || event.isComposing || event.repeat || is_covered()) return
    const target = event.target instanceof Element ? event.target : document.body
    const is_in_field = target.closest(fields) !== null
    const name = nameOf(event)
    if (name === 'Escape' && is_in_field) return (target as HTMLElement).blur()
    const is_chord = name.startsWith('Ctrl+')
    if (!is_chord && (is_in_field || !are_keys_on.value)) return
    const act = keys()[name]
    if (!act) return
    event.preventDefault()
    act()
  }
  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
}
