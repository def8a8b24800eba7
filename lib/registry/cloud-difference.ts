import type { CloudMonth } from '@/lib/contracts/cloud-footprints'

/** Ours against the provider's, in shares and in words. PURE. */

const share = (ours: number | null, theirs: number | null): number | null =>
  ours === null || theirs === null || theirs === 0 ? null : ours / theirs - 1

const percent = (part: number): string => {
  const size = Math.abs(part) * 100
  return `${size >= 10 || Number.isInteger(size) ? Math.round(size) : size.toFixed(1)} %`
}

const AGREES = 0.05

const sideOf = (part: number): string =>
  Math.abs(part) <= AGREES
    ? `agrees within ${percent(AGREES)} (${part < 0 ? '−' : '+'}${percent(part)})`
    : `is ${percent(part)} ${part < 0 ? 'lower' : 'higher'} than the provider's`

export const differenceOf = (
  month: Pick<CloudMonth, 'basis' | 'provider' | 'ours'>,
  { hasSites, isShared }: { hasSites: boolean; isShared: boolean },
): CloudMonth['difference'] => {
  const none = (words: string) => ({ electricity: null, total: null, words })
  const { ours, provider, basis } = month
  if (!hasSites) return none('No site is held against this account yet.')
  if (isShared)
    return none('A site is shared with another account: their figures can only be held against ours together.')
  if (ours.days === 0) return none('No telemetry of these sites in this month.')
  if (ours.days < ours.days_of_month)
    return none(`Our telemetry covers ${ours.days} of ${ours.days_of_month} days: not held against a whole month.`)
  if (basis === 'not_told') return none('The provider does not say whether its figure is location- or market-based.')
  const electricity = share(ours.electricity_location_kg, provider.electricity_location_kg)
  const total = share(ours.total_location_kg, provider.total_location_kg)
  if (electricity !== null)
    return {
      electricity,
      total,
      words: `Our electricity ${sideOf(electricity)}, both location-based.${
        total === null ? '' : ` With everything each side counts ours ${sideOf(total)}.`
      }`,
    }
  if (ours.electricity_location_kg === null) return none('Our electricity has energy and no emissions factor.')
  return provider.total_location_kg === null
    ? none('The provider tells no location-based figure.')
    : none('This version of the provider tells a total only: what it holds beside electricity is not told.')
}
