import { Sparkline } from '@/components/charts/sparkline'
import { Delta } from '@/components/figures/delta'
import { KpiBand } from '@/components/figures/kpi-band'
import { type ServiceRatioName, serviceAddress } from '@/lib/contracts/explain'
import type { ServiceSci } from '@/lib/rollups/service-sci'
import { formatPercent, threeFigures } from '@/lib/units/format'
import { percentFigure } from '../../runs/_shared/amounts'
import { counted } from '../../runs/_shared/words'
import { energyFigure, lackingWords, massFigure, scaled, waterFigure } from '../_shared/score'
import { amountOf, perOf, unitWords } from '../_shared/units'

export interface SciBandProps {
  id: string
  sci: ServiceSci
  window: { from: string; to: string }
  hardware: readonly string[]
  /** Half-width of the 95 % interval, as a share of the score. */
  u95: number | null
  change: { ratio: number; words: string; withinUncertainty: boolean } | null
  idleShare: number | null
  byDay: readonly (number | null)[]
  provisional: boolean
}

/** The score, what it is per, and what else one unit takes. */
export function SciBand({ id, sci, window, hardware, u95, change, idleShare, byDay, provisional }: SciBandProps) {
  const per = perOf(sci.unit).words
  const grams = scaled(sci.grams, sci.unit)
  const operational = scaled(sci.operationalGrams, sci.unit)
  const score = massFigure(grams)
  const part = massFigure(operational)
  const known = sci.whole ?? sci.operational
  const amount = amountOf(known?.count ?? null)
  const energy = energyFigure(scaled(sci.kilowattHours, sci.unit))
  const water = waterFigure(scaled(sci.litres, sci.unit))
  const why = lackingWords(sci, hardware)
  const ratio = (name: ServiceRatioName, value: number | null) =>
    value === null ? {} : { explain: serviceAddress(id, sci.unit, window, name), exact: String(value) }
  const half =
    score && grams !== null && u95 !== null ? (grams * u95) / (grams / Number(score.value.replace(/,/g, ''))) : null
  return (
    <KpiBand
      hero={{
        label: `SCI, per ${per}`,
        value: score?.value ?? null,
        unit: score ? `${score.unit} CO2e` : undefined,
        interval: half === null ? null : twoFigures(half),
        why,
        explain: sci.grams === null ? undefined : serviceAddress(id, sci.unit, window),
        exact: sci.grams === null ? undefined : String(sci.grams),
        provisional,
        mark:
          byDay.filter((value) => value !== null).length > 2 ? (
            <Sparkline
              values={byDay}
              label={`Score of ${byDay.length} days, one by one`}
              width_px={340}
              height_px={36}
              fromZero
            />
          ) : undefined,
        note:
          score === null ? (
            part ? (
              `${part.value}\u202f${part.unit} operational alone; ${why?.replace(/^./, (c) => c.toLowerCase())}`
            ) : (
              why
            )
          ) : change ? (
            <Delta
              direction={Math.abs(change.ratio) < 0.0005 ? 'none' : change.ratio > 0 ? 'up' : 'down'}
              amount={Math.abs(change.ratio) < 0.0005 ? 'unchanged' : (formatPercent(Math.abs(change.ratio)) ?? '')}
              words={change.words}
              withinUncertainty={change.withinUncertainty}
            />
          ) : (
            'location-based, no instruments'
          ),
      }}
      items={[
        {
          label: `Delivered, ${unitWords(sci.unit)}`,
          value: amount?.value ?? null,
          unit: amount?.unit,
          plain: 'count',
          why,
          note: known ? `on ${known.days.length} of ${counted(sci.activeDays, 'day')}` : undefined,
        },
        {
          label: `Energy per ${per}`,
          value: energy?.value ?? null,
          unit: energy?.unit,
          ...ratio('energy', sci.kilowattHours),
          why,
          note: 'facility energy',
        },
        {
          label: `Water per ${per}`,
          value: water?.value ?? null,
          unit: water?.unit,
          ...ratio('water', sci.litres),
          why: 'Water use on site or at the power stations is not known for all its places',
          note: water ? 'on site and at the power stations' : undefined,
        },
        {
          label: 'Idle draw',
          ...percentFigure(idleShare),
          plain: 'told-here',
          why: `The idle power of ${hardware.join(', ') || 'its hardware'} is not in the asset register`,
          note: idleShare === null ? undefined : 'of IT energy, were the devices doing nothing',
        },
      ]}
    />
  )
}

const twoFigures = (value: number): string => {
  const text = Number(value.toPrecision(2))
  return text >= 10 ? threeFigures(text).replace(/\.\d+$/, '') : String(text)
}
