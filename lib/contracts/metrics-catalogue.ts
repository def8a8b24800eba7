import { z } from 'zod'

export const metricSchema = z.object({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  formula: z.string(),
  /** Of the standard that defines it. */
  clause: z.string(),
  /** Page of the method, below docs/method. */
  page: z.string(),
})
export type Metric = z.output<typeof metricSchema>

export const metricsCatalogueSchema = z.object({ method_version: z.string(), metrics: z.array(metricSchema) })
export type MetricsCatalogue = z.output<typeof metricsCatalogueSchema>
