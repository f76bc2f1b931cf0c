import type { components } from './schema'
import { inLanguage, type Text } from '../locale'

type ProblemBody = components['schemas']['Problem']

// A refusal of the server, or that it could not be reached: a stable rule and what to do, in both languages.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly rule: string,
    readonly detail: Text,
  ) {
    super(`${rule}: ${detail.en}`)
  }

  get text(): string {
    return inLanguage(this.detail)
  }

  static unreachable(): Problem {
    return new Problem(0, 'network.unreachable', {
      zh: '连接不到服务器，请检查网络后重试',
      en: 'the server cannot be reached; check the network and try again',
    })
  }

  static async of(response: Response): Promise<Problem> {
    if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
      const body = (await response.json()) as ProblemBody
      return new Problem(body.status, body.rule, { zh: body.detail_zh, en: body.detail })
    }
    return new Problem(response.status, 'server.fault', {
      zh: `服务器未能处理请求（${response.status}）`,
      en: `the server did not answer the request (${response.status})`,
    })
  }
}

// What went wrong, in words; a bug of the page stays a bug.
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}
