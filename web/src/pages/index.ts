import type { Component } from 'vue'
import type { Text } from '../locale'

// The menu: groups in this order, pages in the order of the table.
export const groups = {
  calls: { zh: '回访', en: 'Follow-up' },
  tickets: { zh: '工单', en: 'Tickets' },
  money: { zh: '回执与佣金', en: 'Receipts and commission' },
  figures: { zh: '考核与分析', en: 'Scores and analysis' },
  data: { zh: '数据与制度', en: 'Data and rule books' },
  system: { zh: '系统', en: 'System' },
} satisfies Record<string, Text>

export interface Page {
  path: string
  title: Text
  group?: keyof typeof groups // in the menu; a page without is reached from another
  permission: string | null // of access::Permission; null: everybody who is signed in
  needs_seat?: true // of no use to an account without one
  component: () => Promise<{ default: Component }>
}

// Each page once. The first one that a person may open is where signing in leads.
export const pages: Page[] = [
  {
    path: '/mine',
    title: { zh: '我的保单', en: 'My policies' },
    group: 'tickets',
    permission: 'read_own_cases',
    component: () => import('./mine/MinePage.vue'),
  },
  {
    path: '/supervision',
    title: { zh: '督导看板', en: 'Wallboard' },
    group: 'calls',
    permission: 'supervise',
    component: () => import('./supervision/WallboardPage.vue'),
  },
  {
    path: '/tickets',
    title: { zh: '工单', en: 'Tickets' },
    group: 'tickets',
    permission: 'handle_tickets',
    component: () => import('./tickets/TicketsPage.vue'),
  },
  {
    path: '/tickets/:ticket_id',
    title: { zh: '工单', en: 'Ticket' },
    permission: 'handle_tickets',
    component: () => import('./tickets/TicketPage.vue'),
  },
  {
    path: '/calls',
    title: { zh: '坐席工作台', en: 'Call desk' },
    group: 'calls',
    permission: 'call',
    needs_seat: true,
    component: () => import('./calls/CallsPage.vue'),
  },
  {
    path: '/supervision/capacity',
    title: { zh: '产能测算', en: 'Capacity' },
    group: 'calls',
    permission: 'supervise',
    component: () => import('./supervision/CapacityPage.vue'),
  },
  {
    path: '/cases',
    title: { zh: '案件查询', en: 'Cases' },
    group: 'calls',
    permission: 'read_cases',
    component: () => import('./cases/CasesPage.vue'),
  },
  {
    path: '/cases/:policy_no',
    title: { zh: '案件', en: 'Case' },
    permission: 'read_cases',
    component: () => import('./cases/CasePage.vue'),
  },
  {
    path: '/receipts',
    title: { zh: '回执', en: 'Receipts' },
    group: 'money',
    permission: 'read_cases',
    component: () => import('./commission/ReceiptsPage.vue'),
  },
  {
    path: '/commission/held',
    title: { zh: '待发与缓发', en: 'Not paid yet' },
    group: 'money',
    permission: 'read_commission',
    component: () => import('./commission/HoldsPage.vue'),
  },
  {
    path: '/commission/settlements',
    title: { zh: '佣金结算', en: 'Settlements' },
    group: 'money',
    permission: 'read_commission',
    component: () => import('./commission/SettlementsPage.vue'),
  },
  {
    path: '/commission/what-if',
    title: { zh: '假设发放', en: 'What if' },
    group: 'money',
    permission: 'read_commission',
    component: () => import('./commission/WhatIfPage.vue'),
  },
  {
    path: '/commission/agents/:agent_code',
    title: { zh: '佣金结算单', en: 'Statement' },
    permission: 'read_commission',
    component: () => import('./commission/StatementPage.vue'),
  },
  {
    path: '/commission/policies/:policy_no',
    title: { zh: '佣金台账', en: 'Ledger' },
    permission: 'read_commission',
    component: () => import('./commission/LedgerPage.vue'),
  },
  {
    path: '/exceptions',
    title: { zh: '例外审批', en: 'Exceptions' },
    group: 'money',
    permission: 'ask_exception',
    component: () => import('./exceptions/ExceptionsPage.vue'),
  },
  {
    path: '/scores',
    title: { zh: '考核', en: 'Scores' },
    group: 'figures',
    permission: 'read_scores',
    component: () => import('./scores/ScoresPage.vue'),
  },
  {
    path: '/scores/cases',
    title: { zh: '指标明细', en: 'Cases behind a figure' },
    permission: 'read_scores',
    component: () => import('./scores/ScoreCasesPage.vue'),
  },
  {
    path: '/reports/failure-analysis',
    title: { zh: '失败分析', en: 'Visits that failed' },
    group: 'figures',
    permission: 'read_reports',
    component: () => import('./reports/FailureAnalysisPage.vue'),
  },
  {
    path: '/reports',
    title: { zh: '报表', en: 'Reports' },
    group: 'figures',
    permission: 'read_reports',
    component: () => import('./reports/ReportsPage.vue'),
  },
  {
    path: '/imports',
    title: { zh: '数据导入', en: 'Imports' },
    group: 'data',
    permission: 'import_files',
    component: () => import('./imports/ImportsPage.vue'),
  },
  {
    path: '/imports/:id',
    title: { zh: '导入结果', en: 'An import' },
    permission: 'import_files',
    component: () => import('./imports/ImportPage.vue'),
  },
  {
    path: '/exports',
    title: { zh: '数据导出', en: 'Exports' },
    group: 'data',
    permission: 'read_cases',
    component: () => import('./exports/ExportsPage.vue'),
  },
  {
    path: '/rule-books',
    title: { zh: '制度', en: 'Rule books' },
    group: 'data',
    permission: 'read_rule_books',
    component: () => import('./rule-books/RuleBooksPage.vue'),
  },
  {
    path: '/rule-books/:id',
    title: { zh: '制度内容', en: 'A rule book' },
    permission: 'read_rule_books',
    component: () => import('./rule-books/RuleBookPage.vue'),
  },
  {
    path: '/backtests',
    title: { zh: '制度回测', en: 'Backtest' },
    group: 'data',
    permission: 'backtest',
    component: () => import('./rule-books/BacktestPage.vue'),
  },
  {
    path: '/system/accounts',
    title: { zh: '用户与岗位', en: 'Users and roles' },
    group: 'system',
    permission: 'manage_users',
    component: () => import('./system/AccountsPage.vue'),
  },
  {
    path: '/system/ports',
    title: { zh: '对外接口', en: 'Connections' },
    group: 'system',
    permission: 'manage_users',
    component: () => import('./ports/PortsPage.vue'),
  },
  {
    path: '/system/organisations',
    title: { zh: '机构', en: 'Organisations' },
    group: 'system',
    permission: 'manage_users',
    component: () => import('./system/OrganisationsPage.vue'),
  },
  {
    path: '/system/audit',
    title: { zh: '审计日志', en: 'Audit journal' },
    group: 'system',
    permission: 'read_audit',
    component: () => import('./system/AuditPage.vue'),
  },
  {
    path: '/system/settings',
    title: { zh: '系统设置', en: 'Settings' },
    group: 'system',
    permission: 'manage_users',
    component: () => import('./system/SettingsPage.vue'),
  },
  {
    path: '/me',
    title: { zh: '我的账号', en: 'My account' },
    permission: null,
    component: () => import('./access/OwnAccountPage.vue'),
  },
]
