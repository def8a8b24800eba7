import { z } from 'zod'
import { HOUR } from '@/lib/units/time'
import type { FileHour } from '../intensity-csv'
import { hourMeans } from './hour-means'
import { SourceFault } from './source-fault'

/** Comes in: half-hours of the GB Carbon Intensity API. Goes out: hours of what was, or of what was expected. PURE. */

export const GB_SOURCE = 'GB Carbon Intensity API (NESO, CC BY 4.0)'
const HALF_HOUR = HOUR / 2

/** To the minute and in UTC, as the API writes it and wants it. */
const TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2})?Z$/
const timeSchema = z.string().regex(TIME)

const answerSchema = z.object({
  data: z.array(
    z.object({
      from: timeSchema,
      to: timeSchema,
      intensity: z.object({ forecast: z.number().nullish(), actual: z.number().nullish() }),
    }),
  ),
})

const instantOf = (text: string): number => Date.parse(text.replace(TIME, '$1:00Z'))
export const gbTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`

/**
 * Half-hours wholly inside [from, to) as hours: the range that was asked brings the half-hour before it along. The two halves weigh the same,
 * because the API does not tell their energy; an hour of which one half is unknown is an estimate.
 * @throws SourceFault
 */
export const gbHours = (
  answer: unknown,
  asked: { of: 'actual' | 'forecast'; from: number; to: number },
): FileHour[] => {
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success) throw new SourceFault('The GB Carbon Intensity API answered in a shape that is not known')
  const points = parsed.data.data.flatMap(({ from, to, intensity }) => {
    const [start, end] = [instantOf(from), instantOf(to)]
    if (start < asked.from || end > asked.to) return []
    if (end - start !== HALF_HOUR || start % HALF_HOUR !== 0)
      throw new SourceFault(`The GB Carbon Intensity API answered ${from} to ${to}, which is no half-hour`)
    return [{ at: start, gPerKwh: intensity[asked.of] ?? null }]
  })
  return hourMeans(points, HALF_HOUR)
}

/** Whether a saved answer is one of this API's. */
export const isGbAnswer = (answer: unknown): boolean => answerSchema.safeParse(answer).success
