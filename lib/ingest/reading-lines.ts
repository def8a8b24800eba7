import { createHash } from 'node:crypto'
import { z } from 'zod'
import { contextFields } from '@/lib/contracts/common'
import { MAX_READINGS, type ReadingsAnswer } from '@/lib/contracts/readings'
import { AppError } from '@/lib/errors'
import { readingJudge, type SaidContext } from './judge-reading'
import { MOST_KEPT_OF_A_SOURCE, type RejectedItem } from './keep-rejected'
import { type RefusedReading, type Sender, storeJudged } from './native'
import type { IncomingReading } from './reading'

const contextSchema = z.strictObject(contextFields)
const OF_A_READING = ['meter', 'kind', 'unit', 'at', 'value', 'start', 'boundary']

interface Line {
  number: number
  bytes: Buffer | null
}

const parsed = ({ bytes }: Line): unknown => {
  if (bytes === null) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

const isBlank = ({ bytes }: Line): boolean => bytes !== null && bytes.toString('latin1').trim() === ''

/** An object that tells of no reading is the context of those after it. */
const isContext = (item: unknown): item is object =>
  typeof item === 'object' && item !== null && !Array.isArray(item) && !OF_A_READING.some((key) => key in item)

const contextOfLine = (item: object, number: number): SaidContext => {
  const read = contextSchema.safeParse(item)
  if (read.success) return read.data
  throw new AppError('invalid_input', 'The first line is the context of all readings, and does not match its schema.', {
    issues: read.error.issues.map(({ path, message }) => ({ path: [`line ${number}`, ...path].join('.'), message })),
  })
}

/**
 * POST /api/v1/readings as NDJSON: one reading a line, each judged as it comes. What all of them say of their workload may stand in the query
 * (`said`) or as an object of its own on the first line; a reading may say each part anew. Refused ones are named by their line.
 * @throws AppError invalid_input (the context), body_too_large, all_rejected, and what reading the lines throws; nothing is stored then
 */
export const ingestReadingLines = async (
  sender: Sender,
  lines: AsyncIterable<Line>,
  given: SaidContext,
): Promise<ReadingsAnswer> => {
  const now = Date.now()
  const digest = createHash('sha256').update(JSON.stringify(given))
  let said = given
  let judge = readingJudge(said, now)
  const good: IncomingReading[] = []
  const rejected: RefusedReading[] = []
  const items: RejectedItem[] = []
  let index = 0
  let isFirst = true
  for await (const line of lines) {
    digest.update(line.bytes ?? '').update('\n')
    if (isBlank(line)) continue
    const item = parsed(line)
    if (isFirst && isContext(item)) {
      said = { ...given, ...contextOfLine(item, line.number) }
      judge = readingJudge(said, now)
    } else {
      if (index >= MAX_READINGS)
        throw new AppError('body_too_large', `More than ${MAX_READINGS} readings. Send them in parts.`)
      const judgement = judge(item)
      if ('reading' in judgement) good.push(judgement.reading)
      else {
        const { reason } = judgement
        rejected.push({ index, line: line.number, reason })
        if (items.length >= MOST_KEPT_OF_A_SOURCE) items.shift()
        const kept = item === undefined ? { line: line.bytes?.toString('utf8').slice(0, 2000) ?? 'too long' } : item
        items.push({ reason, with: { protocol: 'native', said }, item: kept })
      }
      index += 1
    }
    isFirst = false
  }
  return storeJudged(sender, { good, rejected, items, digest: () => digest.digest() })
}
