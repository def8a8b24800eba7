import { z } from 'zod'
import { READING_UNITS } from '@/lib/units/convert'
import { deploymentSchema, nameSchema, pueSchema, stageSchema, zoneSchema } from './common'
import { functionalUnitSchema } from './functional-units'

/** What labels can say of a workload and its place. */
export const SAID_FIELDS = ['run', 'service', 'team', 'model', 'stage', 'site', 'cloudRegion', 'provider'] as const
export type SaidField = (typeof SAID_FIELDS)[number]

const labelName = z.string().trim().min(1).max(200)
const labelList = z.array(labelName).max(20)
const metricName = z.string().trim().min(1).max(200)
const onlySchema = z.strictObject({ label: labelName, values: z.array(z.string().max(200)).min(1).max(50) })

/** A metric that the built-in rules do not know, or read otherwise. */
export const ownRuleSchema = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('energy'),
    metric: metricName,
    kind: z.enum(['power', 'counter', 'delta']),
    unit: z.enum(READING_UNITS),
    boundary: z.enum(['it', 'facility']).default('it'),
    /** null: a meter of the whole site, such as a feed; everything else at the site is part of it. */
    component: z.enum(['host', 'cpu', 'gpu', 'memory', 'storage', 'network', 'pod', 'other']).nullable().default(null),
    /** Labels that tell this meter from its neighbours. */
    meter: labelList,
    /** The label that names the physical thing as every exporter does, such as a UUID. */
    device: labelName.nullable().default(null),
    level: z.enum(['workload', 'machine']).default('machine'),
    preference: z.number().int().min(1).max(999).default(90),
    only: onlySchema.optional(),
  }),
  z.strictObject({
    is: z.literal('delivery'),
    metric: metricName,
    unit: functionalUnitSchema,
    only: onlySchema.optional(),
  }),
])
export type OwnRule = z.output<typeof ownRuleSchema>

/** How one source's labels are read, where that differs from the built-in rules, and what its sender never says. */
export const sourceMappingSchema = z.strictObject({
  /** Labels by field that go before the built-in ones, in the order in which they are believed. */
  labels: z.partialRecord(z.enum(SAID_FIELDS), labelList).default({}),
  /** What holds where the labels say nothing. */
  defaults: z
    .strictObject({
      site: nameSchema.optional(),
      team: nameSchema.optional(),
      model: nameSchema.optional(),
      stage: stageSchema.optional(),
      deployment: deploymentSchema.optional(),
      zone: zoneSchema.optional(),
      pue: pueSchema.optional(),
    })
    .default({}),
  /** What a pod's owner is: a run that ends, or a service that is always there. */
  owner: z.enum(['run', 'service']).default('run'),
  rules: z.array(ownRuleSchema).max(200).default([]),
  /** Metrics that are left out, whatever the rules say. */
  leaveOut: z.array(metricName).max(200).default([]),
})
export type SourceMapping = z.output<typeof sourceMappingSchema>

export const BUILT_IN_MAPPING: SourceMapping = sourceMappingSchema.parse({})

/** A series as it was seen: what a mapping is tried on. */
export const seenSeriesSchema = z.object({
  metric: z.string(),
  labels: z.array(z.tuple([z.string(), z.string()])),
  unit: z.string().nullable(),
  temporality: z.enum(['gauge', 'cumulative', 'delta', 'unknown']),
  seenAt: z.number(),
})
export type SeenSeries = z.output<typeof seenSeriesSchema>

/** Why a series is not counted. */
export const LEFT_OUT_REASONS = ['not_energy', 'overlaps', 'no_meter', 'no_workload', 'excluded'] as const
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number]

/** What a series becomes. */
export const previewRowSchema = z.object({
  metric: z.string(),
  labels: z.record(z.string(), z.string()),
  seen_at: z.iso.datetime(),
  becomes: z.enum(['reading', 'functional units', 'left out']),
  /** Exporter and metric of the rule that reads it; null where none does. */
  rule: z.string().nullable(),
  reason: z.enum(LEFT_OUT_REASONS).nullable(),
  /** In a sentence, where it is left out. */
  because: z.string().nullable(),
  meter: z.string().nullable(),
  kind: z.string().nullable(),
  unit: z.string().nullable(),
  boundary: z.string().nullable(),
  component: z.string().nullable(),
  device: z.string().nullable(),
  run: z.string().nullable(),
  service: z.string().nullable(),
  team: z.string().nullable(),
  model: z.string().nullable(),
  stage: z.string().nullable(),
  site: z.string().nullable(),
  cloud_region: z.string().nullable(),
  deployment: z.string().nullable(),
  /** The mapping that is tried reads it otherwise than the one in force. */
  changed: z.boolean(),
})
export type PreviewRow = z.output<typeof previewRowSchema>

export const sourceMappingAnswerSchema = z.object({
  source: z.object({ id: z.string(), protocol: z.string(), name: z.string() }),
  mapping: sourceMappingSchema,
})
export type SourceMappingAnswer = z.output<typeof sourceMappingAnswerSchema>

export const mappingPreviewAnswerSchema = z.object({
  /** At most 200 series, some of each metric, as they were last seen. */
  series: z.array(previewRowSchema),
  /** Samples left out by metric and reason over the last 7 days. */
  left_out: z.array(z.object({ metric: z.string(), reason: z.string(), samples: z.number().int() })),
})
export type MappingPreviewAnswer = z.output<typeof mappingPreviewAnswerSchema>
