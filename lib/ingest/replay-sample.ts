import { z } from 'zod'
import type { SourceMapping } from '@/lib/contracts/mapping'
import { intervalFault, type Judgement, timeFault, valueFault } from './judge-reading'
import { seriesMapper } from './mapping/map-series'
import { startOf } from './metrics'

/** A refused sample as it was kept, perhaps with another value, time or label. */
const sampleSchema = z.object({
  metric: z.string().min(1),
  labels: z.record(z.string(), z.string()).default({}),
  unit: z.string().nullable().default(null),
  temporality: z.enum(['gauge', 'cumulative', 'delta', 'unknown']).default('unknown'),
  at: z.number(),
  start: z.number().nullable().default(null),
  value: z.coerce.number(),
})

/** The mapping and the judgement that a request of the source would meet now. */
export const judgeSample = (
  payload: unknown,
  mapping: SourceMapping,
  sourceName: string,
  now: number,
): Judgement | { reason: string } => {
  const parsed = sampleSchema.safeParse(payload)
  if (!parsed.success) return { reason: 'not_an_object' }
  const { metric, labels, unit, temporality, at, start: told, value } = parsed.data
  const mapped = seriesMapper(
    mapping,
    sourceName,
  )({
    ...{ metric, unit, temporality },
    labels: Object.entries(labels).map(([name, text]) => ({ name, value: text })),
  })
  if (mapped.is === 'left_out') return { reason: mapped.reason }
  // A counter of functional units tells by the sample before: one that comes late adds nothing.
  if (mapped.is === 'delivery') return { reason: 'not_replayable' }
  const start = startOf(mapped, { at, start: told, value })
  const fault =
    valueFault(mapped.kind, mapped.unit, value) ??
    timeFault(at, now) ??
    (mapped.kind === 'delta' && start !== null ? intervalFault(start, at) : null)
  if (fault) return { reason: fault }
  const { meter, kind, boundary, context, preference, device, component } = mapped
  return {
    reading: {
      ...{ meter, kind, unit: mapped.unit, boundary, at, start, value, context, preference },
      ...(device === null ? {} : { device }),
      ...(component === null ? {} : { component }),
    },
  }
}
