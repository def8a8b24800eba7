import { z } from 'zod'

/** What a source sent: the newest readings, what was refused and what was left out. */

const instant = z.iso.datetime()

export const sourceParamsSchema = z.strictObject({ source: z.uuid() })

export const tailAnswerSchema = z.object({
  now: instant,
  /** Newest receipt first, at most 100. */
  readings: z.array(
    z.object({
      received_at: instant,
      at: instant,
      /** Of a delta: from when on. */
      start: instant.nullable(),
      value: z.number(),
      unit: z.string(),
      kind: z.string(),
      meter: z.string(),
      site: z.string().nullable(),
      run: z.string().nullable(),
      service: z.string().nullable(),
      team: z.string().nullable(),
      model: z.string().nullable(),
    }),
  ),
})
export type TailAnswer = z.infer<typeof tailAnswerSchema>

export const rejectedAnswerSchema = z.object({
  /** The newest 500 that were kept, newest first; the counts of a source hold all. */
  items: z.array(
    z.object({
      rejection_id: z.string(),
      received_at: instant,
      reason: z.string(),
      payload: z.record(z.string(), z.unknown()),
      /** False for what this server cannot send again: a part of a text, or a protocol that is not read item by item. */
      can_replay: z.boolean(),
      replayed_at: instant.nullable(),
    }),
  ),
})
export type RejectedAnswer = z.infer<typeof rejectedAnswerSchema>
export type RejectedView = RejectedAnswer['items'][number]

/** Either single items, each with its mended payload, or one field set in every kept item of a reason. */
export const replayRequestSchema = z.union([
  z.strictObject({
    items: z
      .array(z.strictObject({ rejection_id: z.uuid(), payload: z.record(z.string(), z.unknown()) }))
      .min(1)
      .max(500),
  }),
  z.strictObject({
    reason: z.string().min(1).max(100),
    /** `unit`, `at`, `labels.pod`; null sends them again as they are. */
    set: z.strictObject({ field: z.string().min(1).max(300), value: z.unknown() }).nullable(),
  }),
])
export type ReplayRequest = z.infer<typeof replayRequestSchema>

export const replayAnswerSchema = z.object({
  replayed: z.number().int(),
  accepted: z.number().int(),
  duplicate: z.number().int(),
  refused: z.array(z.object({ rejection_id: z.string(), reason: z.string() })),
})
export type ReplayAnswer = z.infer<typeof replayAnswerSchema>
