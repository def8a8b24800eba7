import { formatCount, formatDay, formatInstant } from '@/lib/units/format'

const STAGE: Record<string, string> = {
  'data-preparation': 'Data preparation',
  training: 'Training',
  'fine-tuning': 'Fine-tuning',
  evaluation: 'Evaluation',
  inference: 'Inference',
}
export const stageWords = (stage: string): string => STAGE[stage] ?? stage

const DEPLOYMENT: Record<string, string> = {
  owned: 'Owned',
  colocation_controlled: 'Colocation, controlled',
  colocation: 'Colocation',
  cloud: 'Cloud',
  api: 'API',
  customer: 'Customer',
}
export const deploymentWords = (deployment: string): string => DEPLOYMENT[deployment] ?? deployment

const GAP: Record<string, string> = {
  no_reading: 'no reading',
  single_reading: 'a single reading',
  zone_unknown: 'grid zone unknown',
  no_intensity: 'no grid intensity',
}
/** Why an hour has no figure. */
export const gapWords = (reason: string): string => GAP[reason] ?? reason.replaceAll('_', ' ')

const GAP_TO_DO: Record<string, string> = {
  no_reading: 'meters were silent',
  single_reading: 'one reading gives no energy',
  zone_unknown: 'send grid_zone, cloud_region or a site with a zone',
  no_intensity: 'import an hourly file for the zone',
}
export const gapToDo = (reason: string): string => GAP_TO_DO[reason] ?? gapWords(reason)

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

const KIND: Record<string, string> = { power: 'power', counter: 'counter', delta: 'energy per interval' }
export const kindWords = (kind: string): string => KIND[kind] ?? kind

/** `14 Nov 06:10`; another year is named. */
export const shortInstant = (iso: string, today: string): string =>
  formatInstant(iso)
    .replace('Sept ', 'Sep ')
    .replace(` ${today.slice(0, 4)} `, ' ')
    .replaceAll(' ', '\u00a0')
export const shortDay = (day: string, today: string): string =>
  formatDay(day)
    .replace('Sept ', 'Sep ')
    .replace(new RegExp(` ${today.slice(0, 4)}$`), '')
/** `14 Nov` or `14 to 16 Nov` */
export const daySpan = (first: string, last: string, today: string): string => {
  if (first === last) return shortDay(first, today)
  const [from, to] = [shortDay(first, today), shortDay(last, today)]
  return first.slice(0, 7) === last.slice(0, 7) ? `${from.split(' ')[0]} to ${to}` : `${from} to ${to}`
}
/** `several` named: the first, and how many more. */
export const firstOf = (names: readonly string[]): string | null =>
  names.length === 0 ? null : names.length === 1 ? (names[0] as string) : `${names[0]} +${names.length - 1}`
