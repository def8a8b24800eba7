import { createGunzip } from 'node:zlib'
import { AppError } from '@/lib/errors'

/** Before and after decompression: one request may not take more memory than this. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

const tooLarge = () => new AppError('body_too_large', 'The body is larger than 16 MiB. Send it in parts.')

const collect = async (chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> => {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    parts.push(chunk)
  }
  return Buffer.concat(parts, size)
}

type BodyReader = ReadableStreamDefaultReader<Uint8Array>

async function* counted(reader: BodyReader, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    size += value.byteLength
    if (size > maxBytes) throw tooLarge()
    yield value
  }
}

/** A sender that is still sending never sees an answer: what it has left is read and thrown away, within reason. */
const DISCARD_BYTES = 128 * 1024 * 1024
const DISCARD_MS = 10_000

const discardRest = async (reader: BodyReader): Promise<void> => {
  const until = Date.now() + DISCARD_MS
  try {
    for (let size = 0; size < DISCARD_BYTES && Date.now() < until; ) {
      const { done, value } = await reader.read()
      if (done) return
      size += value.byteLength
    }
    await reader.cancel()
  } catch {
    // The sender went away; the refusal stands.
  }
}

/**
 * The decoded body, at most `maxBytes`, counted while it streams, so that a bomb is refused before it is whole.
 * @throws AppError body_too_large, unsupported_media_type (another content encoding), malformed_body (broken gzip)
 */
export const readBody = async (request: Request, maxBytes = MAX_BODY_BYTES): Promise<Buffer> => {
  if (!request.body) return Buffer.alloc(0)
  const reader = request.body.getReader() as BodyReader
  try {
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
    return await decoded(request.headers.get('content-encoding'), reader, maxBytes)
  } catch (error) {
    if (error instanceof AppError) await discardRest(reader)
    throw error
  }
}

/**
 * The body as it came, for a protocol that has a compression of its own. @throws AppError body_too_large
 */
export const readRawBody = async (request: Request, maxBytes = MAX_BODY_BYTES): Promise<Buffer> => {
  if (!request.body) return Buffer.alloc(0)
  const reader = request.body.getReader() as BodyReader
  try {
    if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
    return await collect(counted(reader, maxBytes), maxBytes)
  } catch (error) {
    if (error instanceof AppError) await discardRest(reader)
    throw error
  }
}

const decoded = (contentEncoding: string | null, reader: BodyReader, maxBytes: number): Promise<Buffer> => {
  const encoding = contentEncoding?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return collect(counted(reader, maxBytes), maxBytes)
  if (encoding === 'gzip') return gunzipped(reader, maxBytes)
  throw new AppError(
    'unsupported_media_type',
    `Content-Encoding ${encoding.slice(0, 40)} is not read; use gzip or none.`,
  )
}

const gunzipped = async (reader: BodyReader, maxBytes: number): Promise<Buffer> => {
  const gunzip = createGunzip()
  const feeding = (async () => {
    try {
      for await (const chunk of counted(reader, maxBytes)) {
        if (gunzip.destroyed) return
        if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once('drain', resolve).once('close', resolve))
      }
      gunzip.end()
    } catch (error) {
      gunzip.destroy(error as Error)
    }
  })()
  try {
    return await collect(gunzip, maxBytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('malformed_body', 'The body is not valid gzip.', { cause: error })
  } finally {
    gunzip.destroy()
    await feeding
  }
}

/** The body as JSON. @throws AppError malformed_body, with the parser's position where it has one */
export const readJson = async (request: Request, maxBytes?: number): Promise<unknown> => {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(json|[\w.+-]+\+json)\b/i.test(type)) {
    throw new AppError('unsupported_media_type', 'Send the body as application/json.')
  }
  const bytes = await readBody(request, maxBytes)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const where = error instanceof SyntaxError ? /position \d+/.exec(error.message)?.[0] : undefined
    throw new AppError('malformed_body', `The body is not valid JSON${where ? ` (at ${where})` : ''}.`, {
      cause: error,
    })
  }
}

/** The bytes of a text body of the given type. @throws AppError unsupported_media_type */
export const readText = async (request: Request, type: string): Promise<Buffer> => {
  const given = request.headers.get('content-type') ?? ''
  if (!given.toLowerCase().startsWith(type)) {
    throw new AppError('unsupported_media_type', `Send the body as ${type}.`)
  }
  return readBody(request)
}
