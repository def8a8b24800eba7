import type { EntryDraft } from '@/lib/accounting/entries'
import type { ActivityAnswer } from '@/lib/contracts/activities'

export type Assumption = ActivityAnswer['assumptions'][number]

/** Everything in an activity's figures that its sender did not say itself, each thing told once. */
export const assumptionsOf = (drafts: EntryDraft[], zone: { zone: string; source: string } | null): Assumption[] => {
  const told = new Map<string, Assumption>()
  const tell = (assumption: Assumption) => told.set(JSON.stringify(assumption), assumption)
  if (zone && zone.source !== 'given') tell({ field: 'grid_zone', value: zone.zone, source: zone.source })
  for (const draft of drafts) {
    draft.overheadFactor.forEach((index, hour) => {
      const factor = index === null ? undefined : draft.factors[index]
      const pue = draft.pue[hour]
      if (factor && pue != null && factor.id !== 'declared-pue') tell({ field: 'pue', value: pue, source: factor.name })
    })
    draft.intensityFactor.forEach((index, hour) => {
      const factor = index === null ? undefined : draft.factors[index]
      const tier = draft.intensityTier[hour]
      if (factor && tier != null && tier > 1) {
        tell({ field: 'grid_intensity', value: `tier ${tier}`, source: `${factor.name} (${factor.source})` })
      }
    })
    for (const assumption of termAssumptions(draft)) tell(assumption)
    for (const reason of draft.gap)
      if (reason) tell({ field: 'gap', value: reason, source: 'no figure for some hours' })
  }
  return [...told.values()]
}

const termAssumptions = ({ terms, factors }: EntryDraft): Assumption[] => {
  const sourceOf = (index: number) => `${factors[index]?.name} (${factors[index]?.source})`
  const { market, embodied } = terms
  return [
    ...(market === null
      ? []
      : [
          market.gPerKwh === null
            ? { field: 'market_rate', value: 'grid average', source: 'no residual mix of the market is known' }
            : { field: 'market_rate', value: market.gPerKwh, source: sourceOf(market.factor) },
        ]),
    ...(embodied === null
      ? []
      : [{ field: 'embodied_kg_per_device', value: embodied.kgPerDevice, source: sourceOf(embodied.factor) }]),
  ]
}
