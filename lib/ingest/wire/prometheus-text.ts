import { AppError } from '@/lib/errors'
import { malformed } from './protobuf'
import { type Label, MOST_LABELS, type Temporality } from './wire-series'

/** One sample line of the text format. */
export interface TextSample {
  name: string
  labels: Label[]
  value: number
  /** As `# TYPE` of its metric says. */
  temporality: Temporality
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*(,?)\s*/y
const VALUE = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[Ii]nf|[Nn]a[Nn])$/
const TYPES: Record<string, Temporality> = { counter: 'cumulative', gauge: 'gauge' }

const numberOf = (text: string): number | null => {
  if (!VALUE.test(text)) return null
  if (/inf$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /nan$/i.test(text) ? Number.NaN : Number(text)
}

const unescaped = (text: string): string =>
  text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))

/** More than any job pushes at once; each costs memory until it is stored. */
const MOST_SAMPLES = 100_000

/**
 * Prometheus' text format 0.0.4 → samples, read strictly: a line that is no comment, no sample and not empty refuses the whole text. A time
 * on a line is refused, as the Pushgateway does: what is pushed is of now.
 * @throws AppError malformed_body, with the line; body_too_large
 */
export const readPrometheusText = (text: string): TextSample[] => {
  const types = new Map<string, Temporality>()
  const samples: TextSample[] = []
  text.split('\n').forEach((whole, index) => {
    const line = whole.replace(/\r$/, '').trim()
    const fail = (what: string) => malformed(`line ${index + 1}: ${what}`)
    if (line === '') return
    if (line.startsWith('#')) {
      const [, name, type] = /^#\s*TYPE\s+(\S+)\s+(\S+)/.exec(line) ?? []
      if (name && type) types.set(name, TYPES[type] ?? 'unknown')
      return
    }
    if (samples.length >= MOST_SAMPLES) {
      throw new AppError('body_too_large', `More than ${MOST_SAMPLES} samples. Push them in parts.`)
    }
    samples.push(readSample(line, types, fail))
  })
  return samples
}

const readSample = (line: string, types: Map<string, Temporality>, fail: (what: string) => Error): TextSample => {
  NAME.lastIndex = 0
  const name = NAME.exec(line)?.[0]
  if (name === undefined) throw fail('no name of a metric')
  let at = name.length
  while (line[at] === ' ' || line[at] === '\t') at += 1
  const labels: Label[] = []
  if (line[at] === '{') {
    at += 1
    for (let comma = true; ; ) {
      while (line[at] === ' ' || line[at] === '\t') at += 1
      if (line[at] === '}') break
      if (!comma) throw fail('labels without a comma between them')
      LABEL.lastIndex = at
      const found = LABEL.exec(line)
      if (!found) throw fail('a label that cannot be read')
      labels.push({ name: found[1] as string, value: unescaped(found[2] as string) })
      if (labels.length > MOST_LABELS) throw fail(`more than ${MOST_LABELS} labels`)
      comma = found[3] === ','
      at = LABEL.lastIndex
    }
    at += 1
  }
  const [value = '', time, ...rest] = line.slice(at).trim().split(/\s+/)
  if (time !== undefined || rest.length > 0) throw fail('a time, which a push must not have')
  const number = numberOf(value)
  if (number === null) throw fail('no number')
  const temporality = types.get(name) ?? types.get(name.replace(/_total$/, '')) ?? 'unknown'
  return { name, labels, value: number, temporality }
}
