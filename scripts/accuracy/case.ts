import cases from '@/lib/accounting/golden/cases.json'
import { DEFAULT_WIDTHS } from '@/lib/accounting/uncertainty/tier-widths'
import { type EstimateAnswer, type EstimateRequestInput, estimateRequestSchema } from '@/lib/contracts/estimate'
import { estimate } from '@/lib/planning/estimate'
import type { PartFacts } from '@/lib/planning/estimate-facts'

/** A published or constructed case: its facts, as given by its source. */
export interface Case {
  id: string
  title: string
  category: string
  source: string
  /** verified, verified-secondary, recalled, derived */
  status: string
  kind: string
  note: string
  inputs: Record<string, number | string | number[]>
  expected: Record<string, { value: number; unit: string; rel_tolerance: number }>
}

// The file is written as this shape; the test counts its cases.
export const CASES = cases as unknown as Case[]

/** What the core makes of a figure: by its formula, and, where it can be asked so, by POST /api/v1/estimate's own function. */
export interface Ours {
  formula?: number | null
  estimate?: number | null
}
export type Adapter = (given: Given) => Record<string, Ours>

/** The inputs of a case by name; a name that it does not have is a mistake of the adapter. */
export interface Given {
  number(name: string): number
  list(name: string): number[]
  text(name: string): string
}

export const givenOf = ({ id, inputs }: Case): Given => {
  const wrong = (name: string, what: string): never => {
    throw new Error(`${id} has no ${what} ${name}`)
  }
  return {
    number: (name) => {
      const input = inputs[name]
      return typeof input === 'number' ? input : wrong(name, 'number')
    },
    list: (name) => {
      const input = inputs[name]
      return Array.isArray(input) ? input : wrong(name, 'list')
    },
    text: (name) => {
      const input = inputs[name]
      return typeof input === 'string' ? input : wrong(name, 'text')
    },
  }
}

/** A library that knows nothing but the industry's mean PUE: a case says all that it rests on. */
const NOTHING_KNOWN: PartFacts = {
  hardware: null,
  hardwareNote: null,
  place: {
    zone: null,
    zoneSource: null,
    pue: { value: 1.56, tier: 5, u95: null, source: 'industry average' },
    intensity: null,
    residual: null,
    residualNote: null,
    wue: null,
    sourceWue: null,
  },
  hours: null,
}

/** The same contract, checks and function as the route's, without a database. */
export const estimated = (request: EstimateRequestInput): EstimateAnswer => {
  const parts = (request.stages ?? [request]).map(() => NOTHING_KNOWN)
  return estimate(estimateRequestSchema.parse(request), parts, DEFAULT_WIDTHS)
}
