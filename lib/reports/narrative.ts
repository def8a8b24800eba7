import { formatDay } from '@/lib/units/format'
import { changeSentence } from './comparatives'
import { intervalText } from './interval-text'
import { cellOfRow } from './scope-table'
import { sharesPerMille } from './shares'
import type { Statement } from './statement-model'
import { tonnes } from './tonnes'

/** Sentences about a statement, made from its figures. They are printed on the page and in the PDF. */

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : more}`
export const hoursText = (hours: number): string => many(hours, 'hour')

export const PERIMETER_TITLE = 'AI compute perimeter: contribution to the undertaking’s statement'

/** `Scope 2 makes up 61.8 % of the total`: the finding that titles the scope figure. */
export const finding = ({ rows, total }: Statement): string => {
  if (total.mg === null) return 'No covered emissions'
  const parts = scopeParts(rows)
  const shares = sharesPerMille(parts.map(({ mg }) => mg))
  const top = parts.reduce((best, part, at) => (part.mg > (parts[best]?.mg ?? 0n) ? at : best), 0)
  const { words, verb } = parts[top] ?? { words: 'Scope 2', verb: 'makes' }
  return `${words} ${verb} up ${((shares[top] ?? 0) / 10).toFixed(1)}\u202f% of the location-based total`
}

const scopeParts = (rows: Statement['rows']) => [
  { words: 'Scope 1', verb: 'makes', mg: cellOfRow(rows, 's1').mg ?? 0n },
  { words: 'Scope 2', verb: 'makes', mg: cellOfRow(rows, 's2-lb').mg ?? 0n },
  { words: 'Cloud and other purchases', verb: 'make', mg: cellOfRow(rows, 's3-1').mg ?? 0n },
  { words: 'Hardware purchases', verb: 'make', mg: cellOfRow(rows, 's3-2').mg ?? 0n },
  { words: 'Upstream and grid losses', verb: 'make', mg: cellOfRow(rows, 's3-3').mg ?? 0n },
  { words: 'Leased colocation', verb: 'makes', mg: cellOfRow(rows, 's3-8').mg ?? 0n },
  { words: 'Use at customers', verb: 'makes', mg: cellOfRow(rows, 's3-11').mg ?? 0n },
]

export const narrative = (statement: Statement): string[] => {
  const { entity, year, total, totalMarket, keptOut, softwareUse, quality, status, rows, comparatives } = statement
  if (status === 'no-data') {
    return [
      `The ledger of ${entity.name} holds no hour of ${year}. Nothing is stated for it; this is not a statement of zero.`,
    ]
  }
  const sentences: string[] = []
  if (total.mg === null) {
    sentences.push(`The ledger of ${entity.name} holds records of ${year}, and none of them has a figure yet.`)
  } else {
    const interval = intervalText(total)
    const market = totalMarket.mg === null ? '' : ` and ${tonnes(totalMarket.mg)} tCO₂eq market-based`
    const change = changeSentence(comparatives.rows['total-lb']?.change ?? null, comparatives.beforeYear)
    const since =
      comparatives.beforeFrom === null
        ? ''
        : `, of which the ledger holds the days from ${formatDay(comparatives.beforeFrom)} on`
    sentences.push(
      `Gross emissions of the AI compute perimeter of ${entity.name} were ${tonnes(total.mg)} tCO₂eq${interval ? ` (${interval.startsWith('±') ? `${interval} t` : `95\u202f% interval ${interval} t`})` : ''} location-based${market} in ${year}: ${scopeWords(statement)}.${change ? ` The location-based total ${change}${since}.` : ''}`,
    )
  }
  const hours = quality.knownHours + quality.gapHours
  if (hours > 0)
    sentences.push(
      quality.gapHours === 0
        ? `All ${hoursText(hours)} of recorded work have a figure.`
        : `${many(quality.knownHours, 'hour')} of recorded work have a figure; ${hoursText(quality.gapHours)} have none and are listed as gaps, not as zero.`,
    )
  if (keptOut.mg !== null) {
    sentences.push(
      `Screening figures of ${tonnes(keptOut.mg ?? 0n)} t over ${hoursText(keptOut.hours)} rest on life-cycle averages and are kept out of Scope 2 and of the total.`,
    )
  }
  if (softwareUse.hours > 0) {
    sentences.push(
      softwareUse.mg !== null
        ? `${tonnes(softwareUse.mg)} t of use on customers’ machines are shown apart: the organisation does not count them in category 11.`
        : 'Use on customers’ machines is shown apart: the organisation does not count it in category 11.',
    )
  }
  const { fallbackMg } = cellOfRow(rows, 's2-mb')
  if (fallbackMg > 0n) {
    sentences.push(
      `No residual mix is known for the market of ${tonnes(fallbackMg)} t of the market-based figure: the grid average stands in for it.`,
    )
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
  const parts = [of('s1', 'in Scope 1'), of('s2-lb', 'in Scope 2'), of('s3', 'in Scope 3')].filter(
    (part) => part !== null,
  )
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

export const STATUS_LABEL: Record<Statement['status'], string> = {
  'no-data': 'No data',
  provisional: 'Draft, provisional',
  settled: 'Settled',
}
