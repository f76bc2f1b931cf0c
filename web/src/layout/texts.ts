import { texts } from '../locale'

export const t = texts({
  zh: {
    product: '守约',
    menu: '菜单',
    business_time: '业务时间',
    sign_out: '退出',
    to_content: '跳到正文',
    my_account: '我的账号',
  },
  en: {
    product: 'Shouyue',
    menu: 'Menu',
    business_time: 'Business time',
    sign_out: 'Sign out',
    to_content: 'Skip to content',
    my_account: 'My account',
  },
})
