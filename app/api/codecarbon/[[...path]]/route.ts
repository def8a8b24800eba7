import { AppError } from '@/lib/errors'
import { codecarbonRoute } from '@/lib/http/codecarbon-route'

/** The rest of CodeCarbon's API is not spoken here. */
const notFound = codecarbonRoute({
  permission: 'any',
  handle: () => Promise.reject(new AppError('not_found', 'Not Found')),
})

export const GET = notFound
export const POST = notFound
export const PUT = notFound
export const PATCH = notFound
export const DELETE = notFound
