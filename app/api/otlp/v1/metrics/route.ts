import { otlpRoute } from '@/lib/http/otlp-route'
import { receiveOtlp } from '@/lib/ingest/receive-metrics'

export const POST = otlpRoute(receiveOtlp)
