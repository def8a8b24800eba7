import { z } from 'zod'

const known = z.number().nullable()

export const catalogueDeviceSchema = z.object({
  /** As an estimate names it. */
  name: z.string(),
  device: z.string(),
  vendor: z.string().nullable(),
  tdp_w: known,
  memory_gb: known,
  /** Dense, bfloat16 or float16. */
  peak_tflops: known,
  embodied_kg: known,
  usd_per_hour: known,
  /** How well its power is known: verified, recalled … */
  status: z.string(),
})
export type CatalogueDevice = z.infer<typeof catalogueDeviceSchema>

export const catalogueInstanceSchema = z.object({
  /** `aws:p5.48xlarge` */
  name: z.string(),
  provider: z.string(),
  hardware: z.string().nullable(),
  accelerators: known,
  usd_per_hour: known,
})

export const catalogueRegionSchema = z.object({
  /** `aws:eu-west-1` */
  name: z.string(),
  provider: z.string(),
  region: z.string(),
  location: z.string().nullable(),
  /** Grid zone; null: not known, so that a g/kWh must be given. */
  zone: z.string().nullable(),
})
export type CatalogueRegion = z.infer<typeof catalogueRegionSchema>

export const hardwareCatalogueSchema = z.object({
  devices: z.array(catalogueDeviceSchema),
  instances: z.array(catalogueInstanceSchema),
  regions: z.array(catalogueRegionSchema),
  zones: z.array(z.object({ zone: z.string(), name: z.string() })),
})
export type HardwareCatalogue = z.infer<typeof hardwareCatalogueSchema>

export const hardwareCatalogueQuerySchema = z.strictObject({ org: z.string().optional() })
