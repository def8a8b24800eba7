import { KpiBand } from '@/components/figures/kpi-band'
import { figureAddress } from '@/lib/contracts/explain'
import type { RunExtras } from '@/lib/rollups/run-extras'
import type { RunWork } from '@/lib/rollups/run-work'
import { formatCount, formatMass, formatPercent, threeFigures } from '@/lib/units/format'
import { percentFigure, ratioOf } from '../_shared/amounts'
import { counted } from '../_shared/words'

export interface ExtrasBandProps {
  run: string
  window: { from: string; to: string }
  extras: RunExtras
  /** After instruments; null is unknown. */
  marketMg: bigint | null
  effectMg: bigint | undefined
  work: RunWork | null
  isService: boolean
}

const volume = (microlitres: bigint | null): { value: string; unit: string } | null => {
  if (microlitres === null) return null
  const litres = Number(microlitres) / 1e6
  return litres >= 1000
    ? { value: threeFigures(litres / 1000), unit: 'm³' }
    : { value: threeFigures(litres), unit: 'L' }
}

const partial = (lacking: number): string | undefined =>
  lacking > 0 ? `${counted(lacking, 'ledger line')} without it are left out` : undefined

/** Beside the location-based figure: market-based, hardware, water, and how well the hardware was used. */
export function ExtrasBand({ run, window, extras, marketMg, effectMg, work, isService }: ExtrasBandProps) {
  const market = formatMass(marketMg)
  const embodied = formatMass(extras.embodied_mg)
  const water =
    extras.water_ul === null || extras.source_water_ul === null ? null : extras.water_ul + extras.source_water_ul
  const waterText = volume(water)
  const address = (measure: 'market' | 'embodied' | 'total-water') => figureAddress(measure, window, { run })
  const each =
    extras.device_hours && extras.location_mg !== null
      ? threeFigures(Number(extras.location_mg) / 1e6 / extras.device_hours)
      : null
  const whole =
    extras.embodied_mg !== null && extras.location_mg !== null ? extras.embodied_mg + extras.location_mg : null
  const mfu = percentFigure(work?.mfu ?? null)
  return (
    <KpiBand
      items={[
        {
          label: 'Market-based',
          value: market?.value ?? null,
          unit: market ? `${market.unit} CO2e` : undefined,
          why: 'No supplier rate, residual mix or grid average is known for these hours',
          explain: marketMg === null ? undefined : address('market'),
          exact: marketMg,
          note:
            partial(extras.lacks_market) ??
            (effectMg !== undefined && effectMg !== 0n
              ? 'after instruments'
              : extras.market_fallback_mg !== null && extras.market_fallback_mg > 0n
                ? `${formatPercent(ratioOf(extras.market_fallback_mg, extras.market_mg))} on the grid average: no residual mix`
                : market
                  ? 'no instrument covers it'
                  : undefined),
        },
        {
          label: 'Embodied, amortised',
          value: embodied?.value ?? null,
          unit: embodied?.unit,
          why: 'Embodied emissions of its hardware are not known: register it on the Hardware page',
          explain: extras.embodied_mg === null ? undefined : address('embodied'),
          exact: extras.embodied_mg,
          note:
            partial(extras.lacks_embodied) ??
            (whole === null ? undefined : `${formatPercent(ratioOf(extras.embodied_mg, whole))} of both together`),
        },
        {
          label: 'Water',
          value: waterText?.value ?? null,
          unit: waterText?.unit,
          why: 'Water use on site or at the power stations is not known',
          explain: water === null ? undefined : address('total-water'),
          exact: water,
          note: waterText ? (partial(extras.lacks_water) ?? 'on site and at the power stations') : undefined,
        },
        {
          label: 'Device-hours',
          value: extras.device_hours === null ? null : formatCount(extras.device_hours),
          unit: extras.device_hours === null ? undefined : 'h',
          plain: 'time',
          why: 'Its sender named no number of devices',
          note: each ? `${each}\u202fkg a device-hour` : undefined,
        },
        isService
          ? { label: 'Work', value: null, why: 'A service has no total of FLOPs: see its score on Services' }
          : {
              label: 'Share of peak (MFU)',
              ...mfu,
              plain: 'told-here',
              why:
                work?.flops == null
                  ? 'Its FLOPs are not known: enter them below'
                  : work.peak === null
                    ? `The peak of ${work.hardware ?? 'its hardware'} is not known`
                    : 'FLOPs, time and peak contradict each other',
              note:
                work?.flops_per_joule == null
                  ? undefined
                  : `${threeFigures(work.flops_per_joule / 1e9)}\u202fGFLOP/s per watt`,
            },
      ]}
    />
  )
}
