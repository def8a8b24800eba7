import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '@/lib/errors'

/** Decoded bytes of one request of lines. They are not held: a line is judged and let go. */
const MAX_DECODED_BYTES = 64 * 1024 * 1024
/** A longer line is no reading; what is left of it is skipped. */
export const MAX_LINE_BYTES = 64 * 1024

export interface Line {
  /** The first is 1. */
  number: number
  /** Null when it is longer than a line may be. */
  bytes: Buffer | null
}

const NEWLINE = 0x0a

async function* chunksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // A sender that is still sending when the lines are refused must not be waited for.
    await reader.cancel().catch(() => undefined)
  }
}

/**
 * The lines of a body as they come, without their ends, gunzipped where it is gzip.
 * @throws AppError body_too_large, unsupported_media_type (another content encoding), malformed_body (broken gzip)
 */
export async function* linesOf(request: Request): AsyncGenerator<Line> {
  if (!request.body) return
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new AppError(
      'unsupported_media_type',
      `Content-Encoding ${encoding.slice(0, 40)} is not read; use gzip or none.`,
    )
  }
  const raw = Readable.from(chunksOf(request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>))
  const stream = encoding === 'gzip' ? raw.pipe(createGunzip()) : raw
  if (stream !== raw) raw.on('error', (error) => stream.destroy(error))
  let size = 0
  let number = 1
  let parts: Buffer[] = []
  let length = 0
  const take = (): Line => {
    const line = { number, bytes: length > MAX_LINE_BYTES ? null : Buffer.concat(parts, length) }
    number += 1
    parts = []
    length = 0
    return line
  }
  const add = (part: Buffer): void => {
    length += part.length
    if (length <= MAX_LINE_BYTES) parts.push(part)
    else parts = []
  }
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size > MAX_DECODED_BYTES)
        throw new AppError('body_too_large', 'The body is larger than 64 MiB. Send it in parts.')
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      let from = 0
      for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
        add(bytes.subarray(from, to))
        yield take()
        from = to + 1
      }
      if (from < bytes.length) add(bytes.subarray(from))
    }
    if (length > 0) yield take()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('malformed_body', encoding === 'gzip' ? 'The body is not valid gzip.' : 'The body broke off.', {
      cause: error,
    })
  } finally {
    raw.destroy()
  }
}
