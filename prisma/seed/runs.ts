import { HOUR } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { burstyLoad, failingLoad, trainingLoad } from './loads'
import { CUSTOMER, FRANKFURT, IOWA, IRELAND, KEFLAVIK, LULEA, MUMBAI, NETHERLANDS, VIRGINIA } from './places'
import { type Random, randomOf } from './random'
import type { Workload } from './workloads'

/** The month in which training leaves Frankfurt for Luleå: June, in a window that ends in October. */
const MOVE = 8
const MONTHS = Array.from({ length: 13 }, (_, month) => month)

type Given = Omit<Workload, 'kind' | 'load' | 'telemetry'> & { busy: number } & Partial<
    Pick<Workload, 'load' | 'telemetry'>
  >

const run = ({ busy, ...given }: Given): Workload => ({
  kind: 'run',
  load:
    given.stage === 'evaluation' || given.stage === 'data-preparation'
      ? burstyLoad(given.name, busy)
      : trainingLoad(given.name, busy, given.start),
  telemetry: { counters: given.count > 256 ? 2 : 1 },
  ...given,
})

export const runsOf = (calendar: Calendar): Workload[] => [
  ...pretraining(calendar),
  ...MONTHS.flatMap((month) => monthly(calendar, month, randomOf(`month ${month}`))),
  ...occasional(calendar),
  ...recent(calendar),
]

const ASSISTANT_TUNING = {
  team: 'Assistants',
  stage: 'fine-tuning',
  place: FRANKFURT,
  hardware: 'h100',
  count: 64,
  busy: 0.775,
} as const

const AGENT_TUNING = {
  team: 'Agents',
  model: 'meridian-70b',
  stage: 'fine-tuning',
  place: FRANKFURT,
  hardware: 'h100',
  count: 64,
  busy: 0.7,
} as const

const pretraining = ({ at }: Calendar): Workload[] => {
  const base = { team: 'Pretraining', stage: 'training', hardware: 'h100', busy: 0.955 } as const
  const failed = { name: 'm70b-pretrain-03-failed', start: at(5, 4, 10), end: at(5, 16, 3 + 1 / 3) }
  const given: Given[] = [
    {
      ...base,
      name: 'm8b-pretrain-01',
      model: 'meridian-8b',
      place: FRANKFURT,
      count: 384,
      start: at(0, 6, 8),
      end: at(1, 19, 14.5),
    },
    {
      ...base,
      name: 'm70b-pretrain-01',
      model: 'meridian-70b',
      place: FRANKFURT,
      count: 480,
      start: at(2, 2, 9),
      end: at(3, 16, 6.5),
      resetAt: at(2, 19, 14),
    },
    {
      ...base,
      name: 'm70b-pretrain-02',
      model: 'meridian-70b',
      place: FRANKFURT,
      count: 480,
      start: at(3, 20, 7.5),
      end: at(4, 26, 18),
    },
    {
      ...base,
      ...failed,
      model: 'meridian-70b',
      place: FRANKFURT,
      count: 512,
      load: failingLoad(failed.name, 0.955, failed.start, at(5, 15, 9)),
    },
    {
      ...base,
      name: 'm70b-pretrain-03',
      model: 'meridian-70b',
      place: FRANKFURT,
      count: 480,
      start: at(5, 21, 8),
      end: at(7, 24, 22),
    },
    {
      ...base,
      name: 'm70b-pretrain-04',
      model: 'meridian-70b',
      place: LULEA,
      count: 640,
      start: at(MOVE, 8, 6),
      end: at(9, 30, 11),
    },
    {
      ...base,
      name: 'm8b-v2-pretrain-01',
      model: 'meridian-8b',
      place: LULEA,
      count: 384,
      start: at(10, 6, 9),
      end: at(11, 11, 16.5),
    },
    {
      ...base,
      name: 'm70b-context-01',
      model: 'meridian-70b',
      place: LULEA,
      count: 512,
      start: at(11, 16, 7),
      end: at(12, 25, 20),
    },
  ]
  return given.map(run)
}

/** What every month brings: two fine-tunes of the assistant, the agents' reinforcement learning, index, ranker, evaluation. */
const monthly = ({ at, monthOf }: Calendar, month: number, random: Random): Workload[] => {
  const lasting = (day: number, hours: [number, number]) => {
    const start = at(month, day + random.whole(0, 2), random.whole(5, 18))
    return { start, end: start + random.whole(hours[0] * 6, hours[1] * 6) * (HOUR / 6) }
  }
  const named = monthOf(month)
  const sft = (half: 0 | 1, day: number): Given => ({
    ...ASSISTANT_TUNING,
    ...lasting(day, [26, 58]),
    name: `sft-v${1 + Math.floor(month / 4)}-${String((month % 4) * 2 + half + 1).padStart(2, '0')}`,
    model: half === 0 ? 'meridian-8b' : 'meridian-70b',
  })
  const reinforcement: Given = {
    ...AGENT_TUNING,
    ...lasting(10, [80, 140]),
    name: `rl-agents-${String(month + 1).padStart(2, '0')}`,
  }
  const index: Given = {
    name: `index-build-${named}`,
    team: 'Search',
    model: 'search-embed-v2',
    stage: 'data-preparation',
    place: NETHERLANDS,
    hardware: 'cpu',
    count: 48,
    busy: 0.66,
    ...lasting(5, [60, 100]),
  }
  const ranker: Given = {
    name: `ranker-v3-${named}`,
    team: 'Ranking',
    model: 'ranker-v3',
    stage: 'fine-tuning',
    place: VIRGINIA,
    hardware: 'a100',
    count: 64,
    busy: 0.82,
    ...lasting(14, [36, 60]),
  }
  const evaluation: Given = {
    name: `eval-suite-${named}`,
    team: 'Evaluation',
    model: month % 2 === 0 ? 'meridian-70b' : 'meridian-8b',
    stage: 'evaluation',
    place: FRANKFURT,
    hardware: 'h100',
    count: 128,
    busy: 0.55,
    ...lasting(19, [110, 170]),
  }
  const corpus: Given = {
    name: `corpus-${named}`,
    team: 'Pretraining',
    model: 'meridian-70b',
    stage: 'data-preparation',
    place: month >= MOVE ? LULEA : FRANKFURT,
    hardware: 'cpu',
    count: 64,
    busy: 0.78,
    ...lasting(12, [130, 210]),
  }
  const given = [sft(0, 3), index, ranker, evaluation]
  // The last month's own second fine-tune and reinforcement learning are told minute by minute, in recent().
  if (month < 12) given.push(sft(1, 19), reinforcement)
  if (month % 2 === 0) given.push(corpus)
  return given.map(run)
}

/** Runs that come a few times a year, and those that show what is not known. */
const occasional = ({ at }: Calendar): Workload[] => {
  const days = (month: number, day: number, length: number) => ({
    start: at(month, day, 8),
    end: at(month, day + length, 15),
  })
  const vision = {
    team: 'Vision',
    model: 'vision-encoder',
    stage: 'training',
    hardware: 'h100',
    count: 128,
    busy: 0.86,
  } as const
  const speech = {
    team: 'Speech',
    model: 'speech-s',
    stage: 'training',
    place: IOWA,
    hardware: 'tpu',
    count: 192,
    busy: 0.84,
  } as const
  const dubbing = {
    team: 'Speech',
    model: 'speech-s',
    stage: 'fine-tuning',
    place: IRELAND,
    hardware: 'l40s',
    count: 48,
    busy: 0.8,
  } as const
  const embed = {
    team: 'Search',
    model: 'search-embed-v2',
    stage: 'training',
    place: VIRGINIA,
    hardware: 'a100',
    count: 64,
    busy: 0.88,
  } as const
  const given: Given[] = [
    { ...vision, name: 'vision-encoder-01', place: FRANKFURT, ...days(1, 4, 11) },
    { ...vision, name: 'vision-encoder-02', place: FRANKFURT, ...days(4, 8, 12) },
    { ...vision, name: 'vision-encoder-03', place: LULEA, ...days(8, 17, 11) },
    { ...vision, name: 'vision-encoder-04', place: LULEA, ...days(11, 2, 12) },
    { ...speech, name: 'speech-s-01', ...days(2, 7, 8) },
    { ...speech, name: 'speech-s-02', ...days(6, 11, 9) },
    { ...speech, name: 'speech-s-03', ...days(10, 9, 9) },
    { ...dubbing, name: 'speech-dubbing-01', ...days(4, 3, 4) },
    { ...dubbing, name: 'speech-dubbing-02', ...days(8, 3, 5) },
    { ...dubbing, name: 'speech-dubbing-03', ...days(12, 5, 4) },
    { ...embed, name: 'search-embed-v2-01', ...days(3, 8, 9) },
    { ...embed, name: 'search-embed-v2-02', ...days(9, 6, 9) },
    {
      name: 'eval-indic-01',
      team: 'Evaluation',
      model: 'meridian-70b',
      stage: 'evaluation',
      place: MUMBAI,
      hardware: 'a100',
      count: 32,
      busy: 0.6,
      ...days(6, 14, 6),
    },
    {
      name: 'eval-kef-trial',
      team: 'Evaluation',
      model: 'meridian-70b',
      stage: 'evaluation',
      place: KEFLAVIK,
      hardware: 'h100',
      count: 32,
      busy: 0.6,
      ...days(9, 13, 6),
      telemetry: { powerEveryMinutes: 20, silences: [] },
    },
    {
      name: 'pilot-on-site-01',
      team: 'Agents',
      model: 'meridian-8b',
      stage: 'evaluation',
      place: CUSTOMER,
      hardware: 'h100',
      count: 8,
      busy: 0.5,
      ...days(11, 21, 8),
    },
  ]
  return given.map(run)
}

/** Short runs of the last month with power every few minutes, so that their curve can be read. */
const recent = ({ at }: Calendar): Workload[] => {
  const given: Given[] = [
    {
      ...ASSISTANT_TUNING,
      name: 'sft-v4-02',
      model: 'meridian-8b',
      start: at(12, 24, 6 + 1 / 6),
      end: at(12, 25, 13.5),
      // A node is lost for 42 minutes: too long to be joined, short enough to be estimated.
      telemetry: { powerEveryMinutes: 5, silences: [[at(12, 24, 20.5), at(12, 24, 21.2)]] },
    },
    {
      ...AGENT_TUNING,
      name: 'rl-agents-13',
      start: at(12, 12, 6),
      end: at(12, 15, 18),
      // The agent is down for six hours: nothing is known of them, though the site's meter shows that something ran.
      telemetry: { powerEveryMinutes: 10, silences: [[at(12, 14, 1), at(12, 14, 7)]] },
    },
    {
      name: 'eval-safety-02',
      team: 'Evaluation',
      model: 'meridian-70b',
      stage: 'evaluation',
      place: LULEA,
      hardware: 'h100',
      count: 32,
      busy: 0.6,
      start: at(12, 26, 9),
      end: at(12, 27, 17),
      telemetry: { powerEveryMinutes: 5, silences: [] },
    },
  ]
  return given.map(run)
}
