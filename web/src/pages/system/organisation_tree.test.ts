import { expect, test } from 'vitest'
import { treeOf } from './organisation_tree'

const organisation = (code: string, parent_code: string) => ({ code, parent_code, name: code, level: 'branch' })

test('each stands below the one it belongs to', () => {
  const tree = treeOf([organisation('00', ''), organisation('35', '00'), organisation('36', '00'), organisation('3501', '35')])
  expect(tree.map(({ code, above, has_children }) => [code, above.join('/'), has_children])).toEqual([
    ['00', '', true],
    ['35', '00', true],
    ['3501', '00/35', false],
    ['36', '00', false],
  ])
})

test('a branch alone is a tree, and a circle ends', () => {
  expect(treeOf([organisation('35', '00'), organisation('3501', '35')]).map(({ code }) => code)).toEqual(['35', '3501'])
  expect(treeOf([organisation('a', 'b'), organisation('b', 'a')]).map(({ code }) => code).sort()).toEqual(['a', 'b'])
})
