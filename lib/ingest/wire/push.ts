import { AppError } from '@/lib/errors'
import { readPrometheusText, type TextSample } from './prometheus-text'
import { malformed } from './protobuf'
import type { Label, SeriesVisitor } from './wire-series'

const DURATION = 'codecarbon_duration'
const CREATED = 'codecarbon_energy_created'
/** A counter this young was made with the push that brings it. */
const FIRST_PUSH_MS = 5000

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/**
 * `job/<job>[/<label>/<value>…]`, each percent-encoded; a name that ends in `@base64` has its value in URL-safe base64, where `=` is the
 * empty value. @throws AppError bad_request
 */
export const groupOfPath = (path: string): Label[] => {
  const parts = path.replace(/\/$/, '').split('/')
  if (parts.length % 2 !== 0) throw new AppError('bad_request', 'The address needs a value for each label.')
  const labels: Label[] = []
  for (let i = 0; i < parts.length; i += 2) labels.push(labelOf(parts[i] as string, parts[i + 1] as string))
  if (labels[0]?.name !== 'job' || labels[0].value === '') {
    throw new AppError('bad_request', 'The address names no job: /metrics/job/<job>.')
  }
  return labels
}

const labelOf = (name: string, value: string): Label => {
  const plain = decoded(name)
  const bare = plain.replace(/@base64$/, '')
  if (!LABEL_NAME.test(bare)) throw new AppError('bad_request', `${bare.slice(0, 40)} is no name of a label.`)
  if (bare === plain) return { name: bare, value: decoded(value) }
  const base64 = decoded(value).replace(/=+$/, '')
  if (!/^[A-Za-z0-9_-]*$/.test(base64))
    throw new AppError('bad_request', `The value of ${bare} is not URL-safe base64.`)
  return { name: bare, value: Buffer.from(base64, 'base64url').toString('utf8') }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    throw new AppError('bad_request', 'The address is not well escaped.', { cause: error })
  }
}

/**
 * A push → its series, all of the instant `now`. Labels of the address stand before those of the body. Python's client tells beside a counter when
 * it was created: that is where it counts from. CodeCarbon makes its counter with its first push, whose energy is of the duration before.
 * @throws AppError bad_request, malformed_body
 */
export const decodePush = (path: string, body: Buffer, now: number, visit: SeriesVisitor): { samples: number } => {
  const group = groupOfPath(path)
  const samples = readPrometheusText(textOf(body))
  const created = new Map(
    samples.filter(({ name }) => name.endsWith('_created')).map((one) => [seriesKey(one, one.name), one.value * 1000]),
  )
  const durations = new Map(
    samples.filter(({ name }) => name === DURATION).map((one) => [seriesKey(one, CREATED), one.value * 1000]),
  )
  const startOf = (sample: TextSample): number | null => {
    if (sample.name.endsWith('_created')) return null
    const key = seriesKey(sample, sample.name.replace(/_total$/, '_created'))
    const since = created.get(key)
    if (since === undefined || !Number.isFinite(since)) return null
    const isFirst = now - since < FIRST_PUSH_MS
    return Math.round(since - (isFirst ? (durations.get(key) ?? 0) : 0))
  }
  for (const sample of samples) {
    const labels = [...new Map([...sample.labels, ...group].map((label) => [label.name, label])).values()]
      .filter(({ value }) => value !== '')
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const key = JSON.stringify([sample.name, sample.temporality, labels.map(({ name, value }) => [name, value])])
    visit(key, () => ({ metric: sample.name, labels, unit: null, temporality: sample.temporality }), [
      { at: now, start: startOf(sample), value: sample.value },
    ])
  }
  return { samples: samples.length }
}

const seriesKey = (sample: TextSample, name: string): string =>
  JSON.stringify([name, sample.labels.map((label) => [label.name, label.value]).sort()])

const textOf = (body: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (error) {
    throw malformed(`it is not UTF-8 (${error instanceof Error ? error.name : 'unknown'})`)
  }
}
