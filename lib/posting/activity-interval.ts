import type { EntryDraft } from '@/lib/accounting/entries'
import { type Interval, intervalOf } from '@/lib/accounting/uncertainty/interval'
import type { Contribution } from '@/lib/accounting/uncertainty/spread'
import { type UncertainIn, type WidthOverrides, widthsWith } from '@/lib/accounting/uncertainty/tier-widths'
import type { Tx } from '@/lib/db/with-org-sql'

/** Half-widths in which the organisation differs from the method's defaults. */
export const loadWidths = async (tx: Tx, orgId: string): Promise<WidthOverrides> => {
  const { rows } = await tx.query<{ uncertainty: WidthOverrides }>(
    '/* posting.widths */ select uncertainty from organization_setting where org_id = $1',
    [orgId],
  )
  return rows[0]?.uncertainty ?? {}
}

/**
 * 95 % interval of a workload's location-based figure, mg: its energy errs as one, and so do its overhead and its grid's intensity; the
 * three are independent of each other (METHOD §9).
 */
export const intervalOfDrafts = (drafts: EntryDraft[], total: bigint, overrides: WidthOverrides): Interval => {
  const widths = widthsWith(overrides)
  const contributions = drafts.flatMap((draft) => {
    const tiers = { energy: draft.energyTier, overhead: draft.overheadTier, intensity: draft.intensityTier }
    return (Object.keys(tiers) as (keyof typeof tiers & UncertainIn)[]).flatMap((source) =>
      draft.locationMg.flatMap((mg, hour): Contribution<bigint>[] => {
        const tier = tiers[source][hour] ?? null
        return mg === null || tier === null
          ? []
          : [{ source, group: 'workload', amount: BigInt(mg), u95: widths[source][tier] }]
      }),
    )
  })
  return intervalOf(total, contributions)
}
