// What one person asks, another one decides.
import { assert, story } from './browser.mjs'

story('a waiver is asked by one person and granted by another', async ({ page, another, server, shot, accessible }) => {
  const held = await page.request.get('/api/commission/holds?reason=follow_up_outstanding&limit=1')
  const { policy_no } = (await held.json()).rows[0]
  await page.goto('/exceptions')
  await page.getByRole('button', { name: '提出申请' }).click()
  const dialog = page.getByRole('dialog', { name: '提出申请' })
  await dialog.getByLabel('保单号').fill(policy_no)
  await dialog.getByLabel(/理由/).fill('客户已签署《回访确认书》，要求不再回访')
  await shot('exception-ask')
  await accessible()
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await page.getByRole('cell', { name: policy_no }).waitFor()
  await page.getByRole('button', { name: '查看' }).first().click()
  await page.getByText('申请人不能审批自己的申请').waitFor()

  const decides = await another({ role: 'supervisor' })
  await decides.goto('/exceptions')
  await decides.getByRole('button', { name: '批准 / 不批准' }).first().click()
  const request = decides.getByRole('dialog', { name: new RegExp(policy_no) })
  await request.getByText('批准后的变化').waitFor()
  await shot('exception-decide', { page: decides })
  await accessible({ page: decides })
  await request.getByRole('button', { name: '批准', exact: true }).click()
  await decides.getByText('已批准').first().waitFor()
  await shot('exceptions', { page: decides })
  const ledger = await page.request.get(`/api/commission/policies/${policy_no}`)
  assert.equal((await ledger.json()).exceptions[0].kind, 'waiver')
  assert.ok(server)
}, { role: 'quality_officer' })
