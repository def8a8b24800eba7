import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { MAX_BODY_BYTES, readBody, readJson } from './body'

const post = (body: BodyInit | ReadableStream | null, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', {
    method: 'POST',
    body: body as BodyInit,
    headers: { 'content-type': 'application/json', ...headers },
    duplex: 'half',
  } as RequestInit)

const codeOf = async (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'read',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

const streamOf = (bytes: number) => {
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      const size = Math.min(left, 65_536)
      if (size === 0) return controller.close()
      left -= size
      controller.enqueue(new Uint8Array(size).fill(32))
    },
  })
}

describe('size', () => {
  test('a body of exactly the limit is read', async () => {
    expect((await readBody(post(streamOf(MAX_BODY_BYTES)))).length).toBe(MAX_BODY_BYTES)
  })
  test('32 MiB without a content length is refused while it streams', async () => {
    expect(await codeOf(readBody(post(streamOf(32 * 1024 * 1024))))).toBe('body_too_large')
  })
  test('a declared length is refused before a byte is read', async () => {
    expect(await codeOf(readBody(post('{}', { 'content-length': String(MAX_BODY_BYTES + 1) })))).toBe('body_too_large')
  })
  test('512 MiB of zeros in half a megabyte of gzip is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 })
    expect(bomb.length).toBeLessThan(600_000)
    const before = process.memoryUsage().rss
    expect(await codeOf(readBody(post(bomb, { 'content-encoding': 'gzip' })))).toBe('body_too_large')
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })
})

describe('encoding', () => {
  test('gzip is read', async () => {
    expect(await readJson(post(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }))).toEqual({ a: 1 })
  })
  test.each([
    ['truncated gzip', gzipSync('{"a":1}').subarray(0, 12)],
    ['no gzip at all', Buffer.from('{"a":1}')],
  ])('%s is a malformed body', async (_, bytes) => {
    expect(await codeOf(readBody(post(bytes, { 'content-encoding': 'gzip' })))).toBe('malformed_body')
  })
  test.each(['br', 'zstd', 'gzip, gzip'])('%s is not read', async (encoding) => {
    expect(await codeOf(readBody(post('{}', { 'content-encoding': encoding })))).toBe('unsupported_media_type')
  })
})

describe('JSON', () => {
  test.each(['', '{', '{"a":NaN}', '[1,]', '\u0000'])('%j is a malformed body', async (text) => {
    expect(await codeOf(readJson(post(text)))).toBe('malformed_body')
  })
  test('bytes that are not UTF-8 are a malformed body', async () => {
    expect(await codeOf(readJson(post(Buffer.from([0x22, 0xff, 0x22]))))).toBe('malformed_body')
  })
  test('another type is refused', async () => {
    expect(await codeOf(readJson(post('{}', { 'content-type': 'text/plain' })))).toBe('unsupported_media_type')
  })
})
