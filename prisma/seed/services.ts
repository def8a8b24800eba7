import type { Calendar } from './calendar'
import { demandLoad } from './loads'
import { FRANKFURT, IOWA, NETHERLANDS, type Place, VIRGINIA } from './places'
import { HARDWARE, type Hardware, type Workload } from './workloads'

interface Service {
  name: string
  team: string
  model: string
  place: Place
  hardware: Hardware
  count: number
  /** Mean IT power when the window opens and when it closes, kW. */
  kw: [first: number, last: number]
  utcOffset: number
  weekend: number
}

export const SERVICES: Service[] = [
  {
    name: 'chat',
    team: 'Assistants',
    model: 'meridian-70b',
    place: FRANKFURT,
    hardware: 'h100',
    count: 320,
    kw: [140, 205],
    utcOffset: 1,
    weekend: 0.84,
  },
  {
    name: 'chat',
    team: 'Assistants',
    model: 'meridian-70b',
    place: VIRGINIA,
    hardware: 'h100',
    count: 288,
    kw: [120, 180],
    utcOffset: -5,
    weekend: 0.86,
  },
  {
    name: 'agents-api',
    team: 'Agents',
    model: 'meridian-70b',
    place: FRANKFURT,
    hardware: 'h100',
    count: 176,
    kw: [46, 112],
    utcOffset: 1,
    weekend: 0.62,
  },
  {
    name: 'search',
    team: 'Search',
    model: 'search-embed-v2',
    place: VIRGINIA,
    hardware: 'l40s',
    count: 384,
    kw: [96, 116],
    utcOffset: -5,
    weekend: 0.9,
  },
  {
    name: 'search',
    team: 'Search',
    model: 'search-embed-v2',
    place: NETHERLANDS,
    hardware: 'tpu',
    count: 320,
    kw: [54, 60],
    utcOffset: 1,
    weekend: 0.88,
  },
  {
    name: 'ranker',
    team: 'Ranking',
    model: 'ranker-v3',
    place: VIRGINIA,
    hardware: 'l40s',
    count: 256,
    kw: [68, 78],
    utcOffset: -5,
    weekend: 0.97,
  },
  {
    name: 'vision-caption',
    team: 'Vision',
    model: 'vision-encoder',
    place: NETHERLANDS,
    hardware: 'tpu',
    count: 480,
    kw: [70, 84],
    utcOffset: 1,
    weekend: 0.93,
  },
  {
    name: 'speech-live',
    team: 'Speech',
    model: 'speech-s',
    place: IOWA,
    hardware: 'tpu',
    count: 144,
    kw: [18, 25],
    utcOffset: -6,
    weekend: 0.75,
  },
]

export const servicesOf = ({ from, to }: Calendar): Workload[] =>
  SERVICES.map(({ kw, utcOffset, weekend, ...service }) => {
    const full = service.count * HARDWARE[service.hardware].kw
    // Two days of seven are weekend: the weekly mean is to be the level asked for.
    const level = (mean: number) => mean / full / ((5 + 2 * weekend) / 7)
    return {
      ...service,
      kind: 'service' as const,
      stage: 'inference' as const,
      start: from,
      end: to,
      load: demandLoad(`${service.name} ${service.place.name}`, {
        from,
        to,
        levels: [level(kw[0]), level(kw[1])],
        utcOffset,
        weekend,
      }),
      telemetry: { counters: 1 },
    }
  })
