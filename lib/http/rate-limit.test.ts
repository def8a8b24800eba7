import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { LIMIT, takeFromLimit } from './rate-limit'

const refusal = (take: () => void): AppError | null => {
  try {
    take()
    return null
  } catch (error) {
    return error instanceof AppError ? error : null
  }
}

describe('what a key may send', () => {
  it('lets a burst through, then says when there is room again', () => {
    expect(refusal(() => takeFromLimit('a', LIMIT.burstBytes, 0))).toBe(null)
    const error = refusal(() => takeFromLimit('a', LIMIT.bytesPerSecond * 2, 0))
    expect(error?.code).toBe('too_many_requests')
    expect(error?.options.retryAfterSeconds).toBe(2)
    expect(refusal(() => takeFromLimit('a', LIMIT.bytesPerSecond * 2, 2000))).toBe(null)
  })

  it('holds each key apart', () => {
    expect(refusal(() => takeFromLimit('b', LIMIT.burstBytes, 0))).toBe(null)
    expect(refusal(() => takeFromLimit('c', LIMIT.burstBytes, 0))).toBe(null)
  })
})
