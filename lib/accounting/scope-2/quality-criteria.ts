/** The eight quality criteria of the Scope 2 Guidance, table 7.1. The last one asks for a residual mix or for saying that there is none. */
export const QUALITY_CRITERIA = [
  'conveys_attribute',
  'sole_claim',
  'tracked_and_cancelled',
  'vintage_close',
  'same_market',
  'supplier_delivered',
  'contract_transfers_claims',
  'residual_mix',
] as const
export type QualityCriterion = (typeof QUALITY_CRITERIA)[number]

export type InstrumentKind = 'go' | 'rec' | 'i_rec' | 'ppa' | 'green_tariff' | 'supplier_rate'

/** What is known of an instrument. Days are `2026-01-31`; `vintageTo` is the first day outside. */
export interface InstrumentClaim {
  kind: InstrumentKind
  conveysAttribute: boolean
  soleClaim: boolean
  trackingSystem: string | null
  cancelledOn: string | null
  cancelledFor: string | null
  vintageFrom: string
  vintageTo: string
  evidence: string | null
  /** Whether the site it was bought for lies in its market; null: it was bought for none, and covers only what lies in it. */
  siteInMarket: boolean | null
  /** A residual mix of its market is known, so that what others claimed is not counted again. */
  residualMixKnown: boolean
  /** Name of the reporting organisation. */
  reporter: string
}

export interface JudgedInstrument {
  /** Empty: it counts. Else it is ignored in the market-based figure and listed with these reasons. */
  failed: { criterion: QualityCriterion; reason: string }[]
  /** What must be said beside a figure that rests on it. */
  disclosures: string[]
}

const CERTIFICATES: readonly InstrumentKind[] = ['go', 'rec', 'i_rec']
const DAY_MS = 86_400_000
/** A certificate names a month or a year of production; a longer one says too little of when. */
const LONGEST_VINTAGE_DAYS = 366
/** AIB: a guarantee of origin expires 12 months after production and may be cancelled for 18. */
const CANCELLED_WITHIN_DAYS = 548

/**
 * Whether an instrument may be used (Scope 2 Guidance, table 7.1; METHOD §3.1). A guarantee of origin that nobody cancelled fails
 * `tracked_and_cancelled`: somebody else can still use it.
 */
export const judgeInstrument = (claim: InstrumentClaim): JudgedInstrument => {
  const failed: JudgedInstrument['failed'] = []
  const fail = (criterion: QualityCriterion, reason: string | null) => {
    if (reason !== null) failed.push({ criterion, reason })
  }
  fail('conveys_attribute', claim.conveysAttribute ? null : 'It does not convey the emission rate of the generation')
  fail('sole_claim', claim.soleClaim ? null : 'Another instrument may carry the claim to the same generation')
  fail('tracked_and_cancelled', cancellationFault(claim))
  fail('vintage_close', vintageFault(claim))
  fail('same_market', claim.siteInMarket === false ? 'The site it was bought for lies in another market' : null)
  fail(
    'supplier_delivered',
    ['green_tariff', 'supplier_rate'].includes(claim.kind) && claim.evidence === null
      ? 'No evidence that the rate is of delivered electricity, certificates included'
      : null,
  )
  fail(
    'contract_transfers_claims',
    claim.kind === 'ppa' && claim.cancelledOn === null && claim.evidence === null
      ? 'Neither a cancellation nor the contract shows that its claims are transferred'
      : null,
  )
  const disclosures = claim.residualMixKnown
    ? []
    : ['No residual mix of its market is known: what others claimed may be counted again']
  return { failed, disclosures }
}

const cancellationFault = (claim: InstrumentClaim): string | null => {
  const tracked = claim.trackingSystem !== null
  if (CERTIFICATES.includes(claim.kind)) {
    if (!tracked) return 'No register or tracking system is named'
    if (claim.cancelledOn === null) return 'Not cancelled: somebody else can still use it'
  }
  // A contract without certificates has nothing to cancel; one with them must have had them cancelled.
  if (tracked && claim.kind !== 'supplier_rate' && claim.cancelledOn === null)
    return 'Its certificates are not cancelled'
  if (claim.cancelledOn === null) return null
  if (claim.cancelledFor === null) return 'It is not said on whose behalf it was cancelled'
  return isSameParty(claim.cancelledFor, claim.reporter)
    ? null
    : `Cancelled on behalf of ${claim.cancelledFor}, not of ${claim.reporter}`
}

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

/** One name holds the other: `Meridian Labs GmbH` is `Meridian Labs`. */
const isSameParty = (left: string, right: string): boolean => {
  const [a, b] = [wordsOf(left), wordsOf(right)]
  const holds = (whole: string[], part: string[]) => part.length > 0 && part.every((word) => whole.includes(word))
  return holds(a, b) || holds(b, a)
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

const vintageFault = (claim: InstrumentClaim): string | null => {
  if (claim.kind === 'supplier_rate') return null
  if (daysBetween(claim.vintageFrom, claim.vintageTo) > LONGEST_VINTAGE_DAYS)
    return 'Its vintage is longer than a year: give one line for each year of delivery'
  if (claim.cancelledOn === null) return null
  if (claim.cancelledOn < claim.vintageFrom) return 'Cancelled before its vintage began'
  return daysBetween(claim.vintageTo, claim.cancelledOn) > CANCELLED_WITHIN_DAYS
    ? 'Cancelled more than eighteen months after its vintage ended'
    : null
}
