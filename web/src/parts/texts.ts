import type { Schemas } from '../api/client'
import { texts } from '../locale'

type JobState = Schemas['Job']['state']

export const t = texts({
  zh: {
    loading: '正在读取…',
    nothing: '没有数据',
    again: '重试',
    more: '继续读取',
    shown: (rows: number) => `已显示 ${rows} 行`,
    search: '查询',
    reset: '重置',
    export: '导出',
    confirm: '确定',
    cancel: '取消',
    reason: '原因',
    reason_hint: '将写入审计日志',
    unmask: '查看',
    unmask_title: '查看完整信息',
    rule: '规则',
    no_data: '无数据',
    chart_as_table: '图表数据',
    cancel_job: '停止',
    job_state: (state: JobState) =>
      ({ waiting: '排队中', running: '进行中', done: '已完成', failed: '未完成', cancelled: '已停止' })[state],
  },
  en: {
    loading: 'Loading…',
    nothing: 'Nothing here',
    again: 'Try again',
    more: 'Load more',
    shown: (rows: number) => `${rows} rows shown`,
    search: 'Search',
    reset: 'Reset',
    export: 'Export',
    confirm: 'Confirm',
    cancel: 'Cancel',
    reason: 'Reason',
    reason_hint: 'Goes into the audit journal',
    unmask: 'Show',
    unmask_title: 'Show in full',
    rule: 'rule',
    no_data: 'no data',
    chart_as_table: 'Figures of the chart',
    cancel_job: 'Stop',
    job_state: (state: JobState) => state,
  },
})
