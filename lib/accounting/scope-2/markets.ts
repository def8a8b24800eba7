/**
 * Countries whose guarantees of origin move freely between their registers: members of the Association of Issuing Bodies that transfer
 * over its hub. Great Britain left the market in 2021: its REGO are no GO.
 */
export const AIB_COUNTRIES: readonly string[] = [
  ...['AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT'],
  ...['LT', 'LU', 'LV', 'ME', 'NL', 'NO', 'PT', 'RS', 'SE', 'SI', 'SK'],
]

/** Where electricity is consumed. */
export interface ConsumptionPlace {
  zone: string
  countryIso2: string | null
}

/** EU; two letters: a country; else a grid zone. */
export const EUROPEAN_MARKET = 'EU'

/**
 * Whether an instrument of a market can be claimed for consumption at a place: the same market (Scope 2 Guidance, table 7.1, criterion 5).
 * A country's market holds all of its zones, `EU` all members of the AIB. A place whose country is unknown is in no market but its own zone.
 */
export const isInMarket = (market: string, { zone, countryIso2 }: ConsumptionPlace): boolean => {
  const asked = market.toUpperCase()
  const country = countryIso2?.toUpperCase() ?? null
  if (asked === zone.toUpperCase() || asked === country) return true
  return asked === EUROPEAN_MARKET && country !== null && AIB_COUNTRIES.includes(country)
}
