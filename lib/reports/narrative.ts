import { cellOfRow } from './scope-table'
import { sharesPerMille } from './shares'
import type { Statement } from './statement-model'
import { tonnes } from './tonnes'

/** Sentences about a statement, made from its figures. They are printed on the page and in the PDF. */

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`
export const hoursText = (hours: number): string => many(hours, 'hour')

export const PERIMETER_TITLE = 'AI compute perimeter: contribution to the undertaking’s statement'

/** `Scope 2 makes up 61.8 % of the covered emissions`: the finding that titles the scope figure. */
export const finding = ({ rows, total }: Statement): string => {
  if (total.mg === null) return 'No covered emissions'
  const parts = [
    { words: 'Scope 2', verb: 'makes', mg: cellOfRow(rows, 's2-lb').mg ?? 0n },
    { words: 'Cloud and data centre services', verb: 'make', mg: cellOfRow(rows, 's3-1').mg ?? 0n },
    { words: 'Leased colocation', verb: 'makes', mg: cellOfRow(rows, 's3-8').mg ?? 0n },
    { words: 'Use at customers', verb: 'makes', mg: cellOfRow(rows, 's3-11').mg ?? 0n },
  ]
  const shares = sharesPerMille(parts.map(({ mg }) => mg))
  const top = parts.reduce((best, part, at) => (part.mg > (parts[best]?.mg ?? 0n) ? at : best), 0)
  const { words, verb } = parts[top] ?? { words: 'Scope 2', verb: 'makes' }
  return `${words} ${verb} up ${((shares[top] ?? 0) / 10).toFixed(1)}\u202f% of what is covered`
}

export const narrative = (statement: Statement): string[] => {
  const { entity, year, total, keptOut, quality, status, rows } = statement
  if (status === 'no-data') {
    return [
      `The ledger of ${entity.name} holds no hour of ${year}. Nothing is stated for it; this is not a statement of zero.`,
    ]
  }
  const sentences: string[] = []
  if (total.mg === null) {
    sentences.push(`The ledger of ${entity.name} holds hours of ${year}, and none of them has a figure yet.`)
  } else {
    sentences.push(
      `The covered emissions of the AI compute perimeter of ${entity.name} were ${tonnes(total.mg)} tCO₂eq in ${year}, location-based: ${scopeWords(statement)}.`,
    )
  }
  const hours = quality.knownHours + quality.gapHours
  sentences.push(
    quality.gapHours === 0
      ? `All ${hoursText(hours)} of recorded work have a figure.`
      : `${many(quality.knownHours, 'hour')} of recorded work have a figure; ${hoursText(quality.gapHours)} have none and are listed as gaps, not as zero.`,
  )
  if (keptOut.hours > 0) {
    sentences.push(
      `Screening figures of ${tonnes(keptOut.mg)} t over ${hoursText(keptOut.hours)} rest on life-cycle averages and are kept out of Scope 2 and of the total.`,
    )
  }
  if (cellOfRow(rows, 's1').state === 'not-covered') {
    sentences.push('Scope 1, market-based Scope 2 and the other Scope 3 categories are not covered yet.')
  }
  if (status === 'provisional') {
    sentences.push('Part of the year is still open: the figures may change until 48 hours after its last day.')
  }
  return sentences
}

const scopeWords = ({ rows }: Statement): string => {
  const of = (code: string, words: string) => {
    const { mg } = cellOfRow(rows, code)
    return mg === null ? null : `${tonnes(mg)} t ${words}`
  }
  return [of('s2-lb', 'in Scope 2'), of('s3', 'in Scope 3')].filter(Boolean).join(' and ')
}

export const STATUS_LABEL: Record<Statement['status'], string> = {
  'no-data': 'No data',
  provisional: 'Draft, provisional',
  settled: 'Settled',
}
