import { z } from 'zod'
import { instantSchema, nameSchema, pueSchema, zoneSchema } from './common'

/** Doubles go in and out as they are: an estimate is no ledger entry, and a score of 2e-7 g stays 2e-7 g. */
const amount = z.number().nonnegative()
const positive = z.number().positive()

const flopsSchema = z.union([
  positive,
  z.strictObject({
    /** N: of a mixture of experts the active ones. */
    parameters: positive,
    /** D: trained on, or read and written. */
    tokens: positive,
    /** FLOPs per parameter and token: 6 trains, 8 trains with full recomputation, 2 infers. */
    rule: z.enum(['6ND', '8ND', '2ND']).optional(),
    /** Model FLOPs utilisation, of the peak at the precision used. */
    mfu: z.number().positive().max(1).optional(),
  }),
])

const embodiedSchema = z.strictObject({
  /** Cradle to gate, of one device (TE). */
  kg_per_device: amount.optional(),
  /** Expected life in hours (EL). */
  life_hours: positive.optional(),
  /** Resource share (RS), RR ÷ ToR. */
  share: z.number().min(0).max(1).optional(),
})

/**
 * What can be said of a job or of one of its stages. Every field has its unit in its name; one that is not given is an
 * assumption.
 */
const partFields = {
  /** As the factor library names it: an accelerator or a cloud instance. */
  hardware: nameSchema.optional(),
  /** Mean power of one device; with `utilisation`, its TDP. */
  watts: amount.optional(),
  /** Power of one device that does nothing: P = idle + utilisation × (watts − idle). */
  idle_watts: amount.optional(),
  /** The `tdp-curve` of Teads and the Impact Framework, or `linear` between idle and full load; linear where idle_watts is given. */
  power_model: z.enum(['linear', 'tdp-curve']).optional(),
  utilisation: z.number().min(0).max(1).optional(),
  /** Devices at work at the same time; may be a fraction of one. */
  count: positive.optional(),
  /** From begin to end, of all devices together: device-hours are count × hours. */
  hours: amount.optional(),
  flops: flopsSchema.optional(),
  /** Of the peak, where `flops` is a number. */
  mfu: z.number().positive().max(1).optional(),
  /** Dense peak of one device at the precision used, in 10¹² FLOP/s. */
  peak_tflops: positive.optional(),
  energy_kwh: amount.optional(),
  /** Where the energy or the power was metered. PUE is applied to `it` alone. */
  energy_boundary: z.enum(['it', 'facility']).optional(),
  /** With a facility boundary it only tells the IT energy: it is never applied twice. */
  pue: pueSchema.optional(),
  /** `aws:eu-west-1`, or `eu-west-1` where no other provider has a region of that name. */
  cloud_region: nameSchema.optional(),
  grid_zone: zoneSchema.optional(),
  grid_g_per_kwh: amount.optional(),
  /** What the supplier states; goes before a residual mix. */
  market_g_per_kwh: amount.optional(),
  /** In the order in which they are used; what they hold beyond the load is surplus. */
  instruments: z
    .array(z.strictObject({ mwh: amount, g_per_kwh: amount }))
    .max(1000)
    .optional(),
  /** null: there is none, and the grid average stands in, flagged. */
  residual_g_per_kwh: amount.nullable().optional(),
  /** null: left out, also where the library knows it. */
  embodied: embodiedSchema.nullable().optional(),
  /** On site, per kWh of IT energy (ISO/IEC 30134-9). */
  wue_l_per_kwh: amount.optional(),
  /** At the power stations, per kWh of facility energy: W = E_IT × WUE + E_facility × source WUE. */
  source_wue_l_per_kwh: amount.optional(),
  price_per_t: amount.optional(),
  /** Of one device. */
  usd_per_hour: amount.optional(),
  functional_unit: z.strictObject({ name: nameSchema, count: amount }).optional(),
  /** With it the grid's real hours are used. Stages without one follow on each other. */
  start: instantSchema.optional(),
} as const

export const estimatePartSchema = z.strictObject(partFields)
export const estimateStageSchema = z.strictObject({ name: nameSchema, ...partFields })

/** What `stages` do not say themselves they take from the request; hours, flops and energy are said in one of the two. */
export const estimateRequestSchema = z.strictObject({
  ...partFields,
  stages: z.array(estimateStageSchema).min(1).max(50).optional(),
})
export type EstimateRequest = z.output<typeof estimateRequestSchema>
export type EstimateRequestInput = z.input<typeof estimateRequestSchema>
export type EstimatePart = z.output<typeof estimatePartSchema>

const figure = z.number().nullable()

export const estimateAssumptionSchema = z.object({
  /** The field of the request that was not given; of a stage `training.pue`. */
  field: z.string(),
  /** null: nothing is known, and what rests on it is null or left out. */
  value: z.union([z.number(), z.string()]).nullable(),
  /** Where the value comes from, in words for people. */
  source: z.string(),
  tier: z.number().int().min(1).max(5).nullable(),
  /**
   * What total_location_kg changes by when the value goes to the upper end of its 95 % interval, or, of a choice, to its
   * alternative. Of a rate that is market-based only, what total_market_kg changes by. null where that cannot be told.
   */
  effect_kg: figure,
})
export type EstimateAssumption = z.output<typeof estimateAssumptionSchema>

const figures = {
  /** IT energy; null where only the facility's is known. */
  energy_kwh: figure,
  facility_kwh: figure,
  flops: figure,
  device_hours: figure,
  location_kg: figure,
  market_kg: figure,
  embodied_kg: figure,
  /** Operational and embodied. Embodied that is unknown is left out, and an assumption says so. */
  total_location_kg: figure,
  total_market_kg: figure,
  water_l: figure,
  /** total_location_kg × price_per_t, in the currency of the price. */
  carbon_cost: figure,
  /** usd_per_hour × device_hours. */
  compute_cost: figure,
  /** g CO2e per functional unit: (location-based + embodied) ÷ count (ISO/IEC 21031). */
  sci: figure,
  /** 95 % interval of total_location_kg. */
  low_kg: figure,
  high_kg: figure,
} as const

export const estimateAnswerSchema = z.object({
  ...figures,
  assumptions: z.array(estimateAssumptionSchema),
  /** Where stages were given: each with its own figures. They sum to those above. */
  stages: z.array(z.object({ name: z.string(), ...figures })).optional(),
  method_version: z.string(),
})
export type EstimateAnswer = z.output<typeof estimateAnswerSchema>
