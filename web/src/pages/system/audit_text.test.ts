import { expect, test } from 'vitest'
import { auditText } from './audit_text'

test('a line of the journal is read in words', () => {
  const digest = 'd'.repeat(64)
  expect(auditText(`attempts sha256=${digest} read=2 rejected=0`)).toBe(`attempts 摘要 ${'d'.repeat(12)}… 读入 2 拒收 0`)
  expect(auditText('pinzhi quality_officer 86')).toBe('pinzhi 品质管理岗 86')
  expect(auditText('call P1: 回访 a=b')).toBe('call P1: 回访 a=b')
})
