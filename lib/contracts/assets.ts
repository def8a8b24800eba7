import { z } from 'zod'
import { nameSchema } from './common'

export const ASSET_KINDS = ['accelerator', 'server', 'storage', 'network', 'other'] as const
export const EMBODIED_BASES = ['pcf', 'bottom-up', 'category-default', 'mass', 'proxy'] as const
export const RETIREMENTS = ['second_life', 'recycled', 'landfill', 'returned'] as const

const daySchema = z.iso.date({ error: 'must be a day such as 2026-03-01' })
const number = z.number({ error: 'must be a number' })
const positive = (most: number) => number.positive('must be more than 0').max(most, `must be at most ${most}`)
const shareSchema = positive(1)

/** What is entered of an asset: hardware of one kind, bought together and kept at one place. */
export const assetFieldsSchema = z
  .strictObject({
    name: nameSchema,
    /** As senders name it with their readings: what a workload's hardware is found by. */
    hardware: nameSchema,
    kind: z.enum(ASSET_KINDS),
    /** A site's address. */
    site: z.string().min(1).max(63).nullable(),
    units: number.int('must be a whole number').positive('must be more than 0').max(10_000_000),
    /** Accelerators in one unit, where the embodied value is that of a whole server. */
    devices_per_unit: number.int('must be a whole number').positive('must be more than 0').max(1_000),
    purchased_on: daySchema,
    in_service_on: daySchema,
    /** The first day on which it no longer serves. */
    retired_on: daySchema.nullable(),
    retirement: z.enum(RETIREMENTS).nullable(),
    /** Came from a first life elsewhere: its embodied value is what was left of it. */
    is_second_life: z.boolean(),
    life_years: positive(30),
    /** Share of its life in which it is planned to be in use; 1 shows idle hours as such. */
    planned_use: shareSchema,
    /** Of one unit, cradle to gate; null is unknown. */
    embodied_kg: number.nonnegative('must not be below 0').max(1e9).nullable(),
    embodied_basis: z.enum(EMBODIED_BASES).nullable(),
    embodied_source: nameSchema.nullable(),
    embodied_factor: z.string().max(200).nullable(),
    /** Half-width of the 95 % interval as a share: 0.3 = ±30 %. */
    embodied_u95: number.nonnegative('must not be below 0').max(10, 'must be a share, such as 0.3').nullable(),
    mass_kg: positive(1e6).nullable(),
    tdp_w: positive(1e6).nullable(),
    idle_w: number.nonnegative('must not be below 0').max(1e6).nullable(),
    peak_tflops: positive(1e9).nullable(),
    note: nameSchema.nullable(),
  })
  .superRefine((asset, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (asset.in_service_on < asset.purchased_on) refuse('in_service_on', 'must not be before its purchase')
    if (asset.retired_on !== null && asset.retired_on <= asset.in_service_on) {
      refuse('retired_on', 'must be after its first day of service')
    }
    if (asset.retired_on !== null && asset.retirement === null) refuse('retirement', 'must say what became of it')
    if (asset.retired_on === null && asset.retirement !== null)
      refuse('retired_on', 'must be given with what became of it')
    if (asset.embodied_kg !== null && asset.embodied_basis === null) {
      refuse('embodied_basis', 'must say what the embodied value rests on')
    }
    if (asset.embodied_kg !== null && asset.embodied_source === null) {
      refuse('embodied_source', 'must name where the embodied value comes from')
    }
    if (asset.tdp_w !== null && asset.idle_w !== null && asset.idle_w > asset.tdp_w) {
      refuse('idle_w', 'must not exceed the TDP')
    }
  })
export type AssetFields = z.infer<typeof assetFieldsSchema>

export const assetSchema = z.object({
  asset_id: z.uuid(),
  ...assetFieldsSchema.shape,
  removed_at: z.string().nullable(),
})
export type Asset = z.infer<typeof assetSchema>

export const assetListSchema = z.object({ assets: z.array(assetSchema) })
export const assetEditAnswerSchema = z.object({
  asset_id: z.uuid(),
  /** Days of its hardware that are posted anew. */
  reopened_days: z.number().int(),
})

/** A server taken apart, for an embodied value when no product footprint is published (METHOD §4). */
export const serverPartsSchema = z.strictObject({
  cpus: z.number().int().min(0).max(64),
  cpu_cores: positive(1_024),
  cpu_mm2_per_core: positive(1_000),
  ram_modules: z.number().int().min(0).max(512),
  ram_gb_per_module: positive(4_096),
  ram_gb_per_cm2: positive(1_000),
  ssds: z.number().int().min(0).max(512),
  ssd_gb_each: positive(1_000_000),
  ssd_gb_per_cm2: positive(10_000),
  hdds: z.number().int().min(0).max(512),
  psus: z.number().int().min(0).max(32),
  psu_kg_each: positive(100),
  gpus: z.number().int().min(0).max(64),
  gpu_kg_each: z.number().nonnegative().max(100_000),
  case: z.enum(['rack', 'blade', 'none']),
})
export type ServerParts = z.infer<typeof serverPartsSchema>

export const serverEstimateSchema = z.object({
  embodied_kg: z.number().nullable(),
  parts: z.array(
    z.object({
      part: z.string(),
      formula: z.string(),
      kg: z.number().nullable(),
      factors: z.array(
        z.object({ id: z.string(), version: z.number().int(), name: z.string(), value: z.number(), unit: z.string() }),
      ),
    }),
  ),
  source: z.string(),
})
export type ServerEstimate = z.infer<typeof serverEstimateSchema>
