import type { Schemas } from '../../api/client'
import { inLanguage, titleOf } from '../../locale'
import { t } from './texts'

// The reasons of a standing or a line in words: the titles of their clauses.
export function reasonTexts(reasons: string[], rules: string[], clauses: Schemas['ClauseNote'][]): string {
  const said = (reason: string): string => {
    if (reason === 'released_by_hand') return t.released_by_hand
    const id = rules.find((rule) => rule.endsWith(`.${reason}`))
    const clause = clauses.find((known) => known.id === id)
    return clause ? titleOf(clause) : reason
  }
  return reasons.map(said).join(inLanguage({ zh: '；', en: '; ' }))
}
