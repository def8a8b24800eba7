import {
  type ConnectorKind,
  type ConnectorView,
  electricityMapsSettingsSchema,
  mlflowSettingsSchema,
  wattTimeSettingsSchema,
} from '@/lib/contracts/connectors'
import type { StatusTone } from '../ui/status'

export interface KindWords {
  name: string
  /** What it brings, for whom. */
  brings: string
  /** What the key is for and where it comes from. */
  key: string
}

export const KIND_WORDS: Record<ConnectorKind, KindWords> = {
  'electricity-maps': {
    name: 'Electricity Maps',
    brings: 'Hourly grid intensity of zones, direct and life cycle, with later corrections and forecasts',
    key: 'Needs an API token of your Electricity Maps account. It reads intensities and nothing else',
  },
  watttime: {
    name: 'WattTime',
    brings: 'Average and marginal emission rates of grid regions. Marginal ones stand apart and are never posted',
    key: 'Needs user name and password of a WattTime account: WattTime gives a token for half an hour against them',
  },
  'gb-carbon-intensity': {
    name: 'GB Carbon Intensity',
    brings: 'Half-hourly intensity of Great Britain, as hours, with forecasts. Free of charge (CC BY 4.0)',
    key: 'Needs no key',
  },
  mlflow: {
    name: 'MLflow',
    brings: 'Runs, how they ended, and the power of their GPUs from MLflow’s system metrics',
    key: 'A token, or user name and password, where the tracking server asks for one. To write emissions back it must be allowed to set tags',
  },
}

export const stateOf = (connector: ConnectorView): { tone: StatusTone; word: string } => {
  switch (connector.state) {
    case 'paused':
      return { tone: 'locked', word: 'Paused' }
    case 'waiting':
      return { tone: 'running', word: 'Waits for its first turn' }
    case 'failing':
      return { tone: 'breach', word: connector.failures === 1 ? 'Failed once' : `Failed ${connector.failures} times` }
    case 'backfilling':
      return { tone: 'running', word: 'Fetching the past' }
    case 'fetching':
      return { tone: 'verified', word: 'Fetching' }
  }
}

const listed = (names: readonly string[], most = 4): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`

const SIGNAL_WORDS = { co2_aoer: 'average', co2_moer: 'marginal' } as const
const BASIS_WORDS = { direct: 'direct', lifecycle: 'life cycle' } as const

/** What a connector fetches, in a line. */
export const scopeOf = ({ kind, settings }: ConnectorView): string => {
  if (kind === 'electricity-maps') {
    const known = electricityMapsSettingsSchema.safeParse(settings).data
    return known ? `${listed(known.zones)}; ${known.bases.map((basis) => BASIS_WORDS[basis]).join(' and ')}` : ''
  }
  if (kind === 'watttime') {
    const known = wattTimeSettingsSchema.safeParse(settings).data
    if (!known) return ''
    const signals = known.signals.map((signal) => SIGNAL_WORDS[signal]).join(' and ')
    return `${listed(known.regions.map(({ region, zone }) => `${region} as ${zone}`))}; ${signals}`
  }
  if (kind === 'mlflow') {
    const known = mlflowSettingsSchema.safeParse(settings).data
    if (!known) return ''
    const back = known.write_back ? '; emissions are written back' : ''
    return `${known.base_url}; ${known.experiments.length === 0 ? 'all experiments' : listed(known.experiments)}${back}`
  }
  return 'Great Britain; direct'
}

const MINUTE = 60_000

/** `3 min`, `5 h`, `2 days`: how far two instants lie apart. */
export const apart = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / MINUTE)
  if (minutes < 1) return 'a moment'
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

export const shareDone = ({ from, to, done }: { from: string; to: string; done: string }): number =>
  (Date.parse(done) - Date.parse(from)) / (Date.parse(to) - Date.parse(from))
