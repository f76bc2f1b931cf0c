import type { Schemas } from '../../api/client'

type Organisation = Schemas['Organisation']

export interface Placed extends Organisation {
  above: string[] // codes from the top down to the parent
  has_children: boolean
}

// The organisations as a tree reads: each below the one it belongs to, those of one parent by code. One whose parent is not
// among them, or that would stand below itself, stands at the top.
export function treeOf(organisations: Organisation[]): Placed[] {
  const codes = new Set(organisations.map(({ code }) => code))
  const below = new Map<string, Organisation[]>()
  for (const organisation of organisations) {
    const parent = codes.has(organisation.parent_code) ? organisation.parent_code : ''
    below.set(parent, [...(below.get(parent) ?? []), organisation])
  }
  const placed: Placed[] = []
  const place = (organisation: Schemas['Organisation'], above: string[]): void => {
    const children = below.get(organisation.code) ?? []
    below.delete(organisation.code)
    placed.push({ ...organisation, above, has_children: children.length > 0 })
    for (const child of children) place(child, [...above, organisation.code])
  }
  for (const top of below.get('') ?? []) place(top, [])
  below.delete('')
  for (const [, circle] of below) for (const organisation of circle) placed.push({ ...organisation, above: [], has_children: false })
  return placed
}
