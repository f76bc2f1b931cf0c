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
  component: () => Promise<{ default: Component }>
}

// Each page once. The first one that a person may open is where signing in leads.
export const pages: Page[] = [
  {
    path: '/system/accounts',
    title: { zh: '用户与岗位', en: 'Users and roles' },
    group: 'system',
    permission: 'manage_users',
    component: () => import('./system/AccountsPage.vue'),
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
