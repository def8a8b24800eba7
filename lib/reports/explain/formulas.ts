import type { ExplainedMeasure } from '@/lib/contracts/explain'
import type { SingleMeasure } from './hour-terms'

/** What each measure is called and by which formula it comes about; `page` is its page of docs/method. */
export interface MeasureWords {
  title: string
  /** In the middle of a sentence: `location-based`. */
  words: string
  formula: string
  clause: string
  page: string
}

const TOTAL_CLAUSE = 'METHOD §13, management view: the inventory books capital goods in the year of purchase'

export const MEASURES: Record<ExplainedMeasure, MeasureWords> = {
  location: {
    title: 'Emissions, location-based',
    words: 'location-based',
    formula: 'EM = Σₕ E_IT,h × PUEₕ × CIₕ',
    clause: 'GHG Protocol Scope 2 Guidance (2015), location-based method; METHOD §3',
    page: 'location-based',
  },
  market: {
    title: 'Emissions, market-based',
    words: 'market-based, after instruments',
    formula: 'EM = Σₕ E_facility,h × EF_market,h + Σ effect of instruments',
    clause: 'GHG Protocol Scope 2 Guidance (2015), market-based method; METHOD §3.1',
    page: 'market-based',
  },
  energy: {
    title: 'IT energy',
    words: 'as metered at the equipment',
    formula: 'E_IT = Σₕ Σ_meters E_meter,h',
    clause: 'METHOD §1',
    page: 'energy-counter',
  },
  facility: {
    title: 'Facility energy',
    words: 'with cooling and losses',
    formula: 'E_facility = Σₕ E_IT,h × PUEₕ',
    clause: 'ISO/IEC 30134-2; METHOD §2',
    page: 'overhead',
  },
  loss: {
    title: 'Losses of transmission and distribution',
    words: 'Scope 3 category 3',
    formula: 'EM = Σₕ E_facility,h × CIₕ × f ÷ (1 − f)',
    clause: 'GHG Protocol Scope 3 Standard, category 3c; METHOD §7',
    page: 'grid-losses',
  },
  upstream: {
    title: 'Upstream of purchased electricity',
    words: 'Scope 3 category 3',
    formula: 'EM = Σₕ E_facility,h × WTT',
    clause: 'GHG Protocol Scope 3 Standard, category 3b; METHOD §7',
    page: 'upstream',
  },
  embodied: {
    title: 'Embodied emissions, amortised',
    words: 'amortised by time held',
    formula: 'M = Σₕ TE × TiRₕ ÷ (EL × U) × devices',
    clause: 'ISO/IEC 21031:2024; METHOD §4',
    page: 'embodied',
  },
  water: {
    title: 'Water on site',
    words: 'on site',
    formula: 'W = Σₕ E_IT,h × WUE',
    clause: 'ISO/IEC 30134-9; METHOD §2',
    page: 'water',
  },
  'source-water': {
    title: 'Water at the power stations',
    words: 'at the power stations',
    formula: 'W = Σₕ E_IT,h × PUEₕ × WUE_off',
    clause: 'METHOD §2',
    page: 'water',
  },
  before: {
    title: 'Upstream of fuels and grid losses',
    words: 'Scope 3 category 3',
    formula: 'EM = EM_upstream + EM_losses',
    clause: 'GHG Protocol Scope 3 Standard, categories 3b and 3c; METHOD §7',
    page: 'upstream',
  },
  'total-water': {
    title: 'Water, on site and at the power stations',
    words: 'on site and at the power stations',
    formula: 'W = Σₕ E_IT,h × (WUE + PUEₕ × WUE_off)',
    clause: 'METHOD §2',
    page: 'water',
  },
  'total-location': {
    title: 'Operation, upstream and hardware, location-based',
    words: 'location-based with upstream and amortised hardware',
    formula: 'LC = EM_location + EM_upstream + EM_losses + M',
    clause: TOTAL_CLAUSE,
    page: 'life-cycle',
  },
  'total-market': {
    title: 'Operation, upstream and hardware, market-based',
    words: 'market-based with upstream and amortised hardware',
    formula: 'LC = EM_market + EM_upstream + EM_losses + M',
    clause: TOTAL_CLAUSE,
    page: 'life-cycle',
  },
}

/** What a total adds up. */
export const PARTS: Partial<Record<ExplainedMeasure, SingleMeasure[]>> = {
  'total-location': ['location', 'upstream', 'loss', 'embodied'],
  'total-market': ['market', 'upstream', 'loss', 'embodied'],
  'total-water': ['water', 'source-water'],
  before: ['upstream', 'loss'],
}

export const ROLE_WORDS: Record<string, string> = {
  intensity: 'grid intensity',
  overhead: 'overhead (PUE)',
  market: 'market-based rate',
  loss: 'transmission and distribution losses',
  upstream: 'upstream of fuels',
  water: 'water on site (WUE)',
  sourceWater: 'water at power stations',
  embodied: 'embodied hardware',
}
export const ROLE_UNIT: Record<string, string> = {
  intensity: 'g/kWh',
  overhead: '',
  market: 'g/kWh',
  loss: '',
  upstream: 'g/kWh',
  water: 'L/kWh',
  sourceWater: 'L/kWh',
  embodied: 'kg CO2e per device',
}
