import { codecarbonRoute } from '@/lib/http/codecarbon-route'
import { userAnswer } from '@/lib/ingest/codecarbon-catalogue'

export const GET = codecarbonRoute({ permission: 'any', handle: ({ actor }) => userAnswer(actor) })
