import { watchEffect } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import Layout from './layout/Layout.vue'
import { inLanguage, type Text } from './locale'
import { pages, type Page } from './pages'
import SignInPage from './pages/access/SignInPage.vue'
import { may, me, resume } from './session'

type Guarded = Pick<Page, 'permission' | 'needs_seat'>

declare module 'vue-router' {
  interface RouteMeta {
    title?: Text
    guarded?: Guarded
    is_open?: boolean // needs no sign-in
  }
}

export const mayOpen = ({ permission, needs_seat }: Guarded): boolean =>
  (permission === null || may(permission)) && (!needs_seat || Boolean(me.value?.account.seat))

const first_page = (): string => pages.find((page) => page.group && mayOpen(page))?.path ?? '/me'
const own_password = '/me/password'

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', component: SignInPage, meta: { is_open: true, title: { zh: '登录', en: 'Sign in' } } },
    {
      path: '/',
      component: Layout,
      children: [
        { path: '', redirect: () => first_page() },
        ...pages.map((page) => ({ path: page.path, component: page.component, meta: { title: page.title, guarded: page } })),
        {
          path: own_password,
          component: () => import('./pages/access/OwnPasswordPage.vue'),
          meta: { title: { zh: '修改密码', en: 'Change password' } },
        },
        {
          path: ':anything(.*)*',
          component: () => import('./pages/access/NotFoundPage.vue'),
          meta: { title: { zh: '页面不存在', en: 'No such page' } },
        },
      ],
    },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.is_open) return true
  if (!me.value && !(await resume()))
    return { path: '/sign-in', query: to.redirectedFrom?.path === '/' ? {} : { next: to.fullPath } }
  if (me.value?.account.must_change_password) return to.path === own_password || own_password
  // The address `/` was resolved before it was known who asks.
  if (to.redirectedFrom?.path === '/' && to.path !== first_page()) return first_page()
  if (to.meta.guarded && !mayOpen(to.meta.guarded)) return first_page()
  return true
})

watchEffect(() => {
  const title = router.currentRoute.value.meta.title
  document.title = title ? `${inLanguage(title)} · 守约` : '守约'
})
