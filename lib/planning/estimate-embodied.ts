import { amortisedEmbodied } from '@/lib/accounting/embodied/amortised'
import type { TierWidths } from '@/lib/accounting/uncertainty/tier-widths'
import type { EstimatePart } from '@/lib/contracts/estimate'
import { type DeviceHours, type KilogramsCO2e, kilogramsCO2e, share, value } from '@/lib/units/quantity'
import { type Assumed, assumed, assumedFrom } from './assumption'
import type { HardwareFacts } from './estimate-facts'
import { EstimateRefusal } from './estimate-refusal'

export interface PartEmbodied {
  /** null: left out. */
  embodied: KilogramsCO2e | null
  u95: number
  assumptions: Assumed[]
}

/** METHOD §4: four years of 8,760 hours. Hyperscalers account six. */
const DEFAULT_LIFE_HOURS = 35_040
const ALTERNATIVE_LIFE_HOURS = 52_560

/**
 * M = TE × TiR ÷ EL × RS of a part (ISO/IEC 21031). Left out, with a word, where TE or the time is unknown and nobody asked
 * for it.
 */
export const embodiedOfPart = (
  part: EstimatePart,
  hardware: HardwareFacts | null,
  deviceHours: DeviceHours | null,
  widths: TierWidths,
  path: string,
): PartEmbodied => {
  const leftOut = (why: string): PartEmbodied => ({
    embodied: null,
    u95: 0,
    assumptions: [assumed('embodied', null, why)],
  })
  if (part.embodied === null) return leftOut('left out as asked; totals and score are operational')
  const given = part.embodied
  const kg = given?.kg_per_device ?? hardware?.embodiedKg?.value
  if (kg === undefined) {
    if (given)
      throw new EstimateRefusal(
        `${path}embodied.kg_per_device`,
        'embodied needs kg_per_device: the hardware’s is not known.',
      )
    return leftOut('not given and not known of the hardware: left out; totals and score are operational')
  }
  if (deviceHours === null) {
    if (given)
      throw new EstimateRefusal(`${path}hours`, 'embodied needs the device-hours that it is spread over: give hours.')
    return leftOut('no device-hours to spread it over: left out; totals and score are operational')
  }
  const assumptions: Assumed[] = []
  const known = hardware?.embodiedKg ?? null
  const u95 =
    given?.kg_per_device === undefined ? (known?.u95 ?? widths.embodied[known?.tier ?? 5]) : widths.embodied[2]
  if (given?.kg_per_device === undefined && known)
    assumptions.push(assumedFrom('embodied.kg_per_device', known, u95, 'embodied'))
  if (given?.life_hours === undefined)
    assumptions.push(
      assumed('embodied.life_hours', DEFAULT_LIFE_HOURS, 'four years (METHOD §4); the effect is that of six', {
        tier: 4,
        bearing: 'embodied',
        relative: DEFAULT_LIFE_HOURS / ALTERNATIVE_LIFE_HOURS - 1,
      }),
    )
  if (given?.share === undefined) assumptions.push(assumed('embodied.share', 1, 'the whole device is reserved'))
  const embodied = amortisedEmbodied(kilogramsCO2e(kg), {
    deviceHours: value(deviceHours),
    lifeHours: given?.life_hours ?? DEFAULT_LIFE_HOURS,
    share: share(given?.share ?? 1),
  })
  return { embodied, u95, assumptions }
}
