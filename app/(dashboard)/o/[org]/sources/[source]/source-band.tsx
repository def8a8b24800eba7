'use client'
import { KpiBand } from '@/components/figures/kpi-band'
import { Status } from '@/components/ui/status'
import type { SourcesAnswer } from '@/lib/contracts/sources'
import { formatCount, formatInstant, formatPercent } from '@/lib/units/format'
import { useSources } from '../use-sources'
import { ageWords, lagWords, rateWords, refusedOf, stateWords } from '../words'

/** One source as it is now. */
export function SourceBand({ org, id, initial }: { org: string; id: string; initial: SourcesAnswer }) {
  const { data } = useSources(org, initial)
  const source = data.sources.find((one) => one.source_id === id)
  if (!source) return null
  const state = stateWords(source.state)
  const last = source.last_received_at
  const lag95 = lagWords(source.lag_p95_s)
  return (
    <KpiBand
      className="mb-6"
      items={[
        {
          label: 'Last event',
          plain: 'time',
          value: last === null ? null : ageWords(last, data.now),
          why: 'Every request was refused',
          note: (
            <span title={state.says}>
              <Status tone={state.tone}>{state.word}</Status>
              {last !== null && <span className="ml-2 text-muted">{`${formatInstant(last)} UTC`}</span>}
            </span>
          ),
        },
        {
          label: 'Readings per minute',
          plain: 'count',
          value: rateWords(source.readings_per_min),
          why: 'No request in the last quarter of an hour',
          note: `${source.readings_24h_at_least ? 'at least ' : ''}${formatCount(source.readings_24h)} in 24 h`,
        },
        {
          label: 'Lag, median',
          plain: 'time',
          value: lagWords(source.lag_p50_s),
          why: 'No request was stored',
          note: lag95 === null ? 'reading to receipt' : `p95 ${lag95}; reading to receipt`,
        },
        {
          label: 'Rejected, 7 days',
          plain: 'count',
          value: formatCount(refusedOf(source)),
          note: `${formatCount(source.left_out_7d)} left out`,
        },
        {
          label: 'Coverage, 7 days',
          plain: 'count',
          value: formatPercent(source.coverage),
          why: 'No posted time of its sites in the last 7 days',
          note: source.sites.length === 0 ? 'its meters name no site' : `of ${source.sites.join(', ')}`,
        },
      ]}
    />
  )
}
