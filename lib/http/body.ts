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

async function* counted(stream: ReadableStream<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    yield chunk
  }
}

/**
 * The decoded body, at most `maxBytes`, counted while it streams, so that a bomb is refused before it is whole.
 * @throws AppError body_too_large, unsupported_media_type (another content encoding), malformed_body (broken gzip)
 */
export const readBody = async (request: Request, maxBytes = MAX_BODY_BYTES): Promise<Buffer> => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (!request.body) return Buffer.alloc(0)
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity') return collect(counted(request.body, maxBytes), maxBytes)
  if (encoding !== 'gzip') {
    throw new AppError(
      'unsupported_media_type',
      `Content-Encoding ${encoding.slice(0, 40)} is not read; use gzip or none.`,
    )
  }
  const gunzip = createGunzip()
  const input = counted(request.body, maxBytes)
  const feeding = (async () => {
    try {
      for await (const chunk of input) {
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
