import { AppError } from '@/lib/errors'

/** What one key may send, before decompression: far more than any sender has, and little enough that one cannot crowd out the others. */
export const LIMIT = {
  bytesPerSecond: 64 * 1024 * 1024,
  burstBytes: 512 * 1024 * 1024,
  requestsPerSecond: 5000,
  burstRequests: 20_000,
}

interface Bucket {
  bytes: number
  requests: number
  at: number
}
const buckets = new Map<string, Bucket>()

/**
 * Takes a request of so many bytes from what the key may send. Per process: two processes let through twice as much.
 * @throws AppError too_many_requests, with the time after which there is room again
 */
export const takeFromLimit = (keyId: string, bytes: number, now = performance.now()): void => {
  const before = buckets.get(keyId) ?? { bytes: LIMIT.burstBytes, requests: LIMIT.burstRequests, at: now }
  const seconds = Math.max(0, now - before.at) / 1000
  const bucket = {
    bytes: Math.min(LIMIT.burstBytes, before.bytes + seconds * LIMIT.bytesPerSecond),
    requests: Math.min(LIMIT.burstRequests, before.requests + seconds * LIMIT.requestsPerSecond),
    at: now,
  }
  if (buckets.size > 10_000) buckets.clear()
  buckets.set(keyId, bucket)
  const wait = Math.max((bytes - bucket.bytes) / LIMIT.bytesPerSecond, (1 - bucket.requests) / LIMIT.requestsPerSecond)
  if (wait > 0) {
    throw new AppError('too_many_requests', 'This key sends more than it may. Send the same request again later.', {
      retryAfterSeconds: Math.max(1, Math.ceil(wait)),
    })
  }
  bucket.bytes -= bytes
  bucket.requests -= 1
}
