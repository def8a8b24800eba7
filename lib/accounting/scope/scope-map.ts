import type { Deployment } from '../facts'

/** Sources of emissions, in the order in which a boundary is read. */
export const EMISSION_SOURCES = ['electricity', 'upstream', 'hardware', 'fuel', 'freight', 'waste'] as const
export type EmissionSource = (typeof EMISSION_SOURCES)[number]

/** Where a source stands for a deployment. */
export interface ScopePlace {
  scope: 1 | 2 | 3
  category: number | null
  /** Within the figure of somebody else: the provider's, the landlord's. It has no line of its own. */
  inside: boolean
  /** Known and shown, and counted in no row, because the organisation chose so. */
  leftOut: boolean
  /** What decides between this place and another, in a sentence. */
  note: string | null
  clause: string
}

const CORPORATE = 'GHG Protocol Corporate Standard, ch. 4'
const SCOPE_2 = 'GHG Protocol Scope 2 Guidance (2015); ESRS E1-6 §49'
const SCOPE_3 = 'GHG Protocol Scope 3 Standard'

const own = (scope: 1 | 2, clause: string, note: string | null = null): ScopePlace => ({
  scope,
  category: null,
  inside: false,
  leftOut: false,
  note,
  clause,
})
const chain = (
  category: number,
  note: string | null = null,
  clause = `${SCOPE_3}, category ${category}`,
): ScopePlace => ({
  scope: 3,
  category,
  inside: false,
  leftOut: false,
  note,
  clause,
})
const inside = (place: ScopePlace, note: string): ScopePlace => ({ ...place, inside: true, note })

const SERVERS = chain(2, 'Own servers, whole in the year of purchase; the amortised share is a management figure')
const LEASED = chain(
  8,
  'Category 1 where the contract is a service and no lease',
  `${SCOPE_3}, category 8 upstream leased assets`,
)
const FREIGHT = chain(4, 'Often inside the product footprint of the hardware')

const cloudOf = (category: 1 | 8): ScopePlace =>
  chain(
    category,
    'Sub-line cloud computing and data centre services',
    category === 1 ? `${SCOPE_3}, category 1; ESRS E1 AR 51` : `${SCOPE_3}, category 8 upstream leased assets`,
  )

type Row = Record<EmissionSource, ScopePlace | null>

const rentedOf = (category: 1 | 8): Row => {
  const cloud = cloudOf(category)
  return {
    electricity: cloud,
    upstream: inside(cloud, 'In the same category as that electricity'),
    hardware: inside(cloud, 'In the provider’s figure'),
    fuel: inside(cloud, 'In the provider’s figure'),
    freight: null,
    waste: null,
  }
}

/** What an organisation may choose (METHOD §14). */
export interface ScopeChoices {
  cloudCategory: 1 | 8
  /** Use of one's software on customers' machines counts as use of sold products. */
  softwareUseCounts: boolean
}

const DEFAULTS: ScopeChoices = { cloudCategory: 1, softwareUseCounts: true }

/**
 * The scope mapping of METHOD §7 as data: deployment × source → where it stands, with the clause. Null: nothing of this source arises.
 * `owned` × electricity → Scope 2; `cloud` × electricity → Scope 3 category 1; electricity agrees with `scopeLineOf`.
 */
export const scopeMap = ({ cloudCategory, softwareUseCounts }: ScopeChoices = DEFAULTS): Record<Deployment, Row> => ({
  owned: {
    electricity: own(2, SCOPE_2),
    upstream: chain(3),
    hardware: SERVERS,
    fuel: own(1, CORPORATE),
    freight: FREIGHT,
    waste: chain(5),
  },
  colocation_controlled: {
    electricity: own(2, SCOPE_2, 'The tenant buys or controls the electricity of its racks'),
    upstream: chain(3),
    hardware: SERVERS,
    fuel: own(1, CORPORATE, 'Own generators and cooling; the landlord’s are category 8'),
    freight: FREIGHT,
    waste: chain(5),
  },
  colocation: {
    electricity: LEASED,
    upstream: inside(LEASED, 'In the same category as that electricity'),
    hardware: SERVERS,
    fuel: inside(LEASED, 'In the landlord’s figure'),
    freight: FREIGHT,
    waste: chain(5),
  },
  cloud: rentedOf(cloudCategory),
  api: rentedOf(cloudCategory),
  customer: {
    electricity: {
      ...chain(11, softwareUseCounts ? null : 'Optional for software: left out by choice, and disclosed'),
      leftOut: !softwareUseCounts,
    },
    upstream: null,
    hardware: null,
    fuel: null,
    freight: null,
    waste: null,
  },
})

/** What the inventory of this ledger leaves out, and why (ESRS E1 AR 46 i). */
export const EXCLUDED: readonly { what: string; category: number | null; reason: string }[] = [
  { what: 'Business travel', category: 6, reason: 'Outside the perimeter of computing' },
  { what: 'Employee commuting', category: 7, reason: 'Outside the perimeter of computing' },
  { what: 'Downstream transportation', category: 9, reason: 'Models and services are delivered over networks' },
  { what: 'Processing of sold products', category: 10, reason: 'Nothing intermediate is sold' },
  { what: 'Downstream leased assets', category: 13, reason: 'No hardware leased to others is recorded' },
  { what: 'Franchises', category: 14, reason: 'None' },
  { what: 'Investments', category: 15, reason: 'Laboratories and joint ventures report for themselves' },
  { what: 'Buildings and cooling plant', category: 2, reason: 'Embodied value not allocated to computing' },
  { what: 'Public networks', category: 1, reason: 'Largely independent of load for text' },
]
