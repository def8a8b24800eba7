/** Sets of global warming potentials over 100 years, by assessment report of the IPCC. */
export type GwpSet = 'AR5' | 'AR6'

export const GASES = [
  'co2',
  'ch4_fossil',
  'ch4_biogenic',
  'n2o',
  'sf6',
  'nf3',
  'hfc-32',
  'hfc-125',
  'hfc-134a',
  'hfc-143a',
  'hfc-227ea',
] as const
export type Gas = (typeof GASES)[number]

/**
 * kg CO2e per kg (IPCC AR5 WGI table 8.A.1 without climate-carbon feedback; AR6 WGI table 7.SM.7). ESRS takes AR6 (AR
 * 39(d)).
 */
export const GWP100: Readonly<Record<GwpSet, Readonly<Record<Gas, number>>>> = {
  AR5: {
    co2: 1,
    ch4_fossil: 30,
    ch4_biogenic: 28,
    n2o: 265,
    sf6: 23_500,
    nf3: 16_100,
    'hfc-32': 677,
    'hfc-125': 3170,
    'hfc-134a': 1300,
    'hfc-143a': 4800,
    'hfc-227ea': 3350,
  },
  AR6: {
    co2: 1,
    ch4_fossil: 29.8,
    ch4_biogenic: 27,
    n2o: 273,
    sf6: 25_200,
    nf3: 17_400,
    'hfc-32': 771,
    'hfc-125': 3740,
    'hfc-134a': 1530,
    'hfc-143a': 5810,
    'hfc-227ea': 3600,
  },
}
