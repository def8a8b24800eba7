import { SourceFault } from '@/lib/grid/sources/source-fault'
import { OutboundError } from './outbound-error'

/**
 * Does the work for each series, and says at the end which ones failed: a zone that the plan does not cover must not hold up the
 * others. A source that does not answer, or asks us to wait, is left alone at once.
 */
export const eachSeries = async <Series>(
  list: Series[],
  nameOf: (series: Series) => string,
  work: (series: Series) => Promise<void>,
): Promise<void> => {
  const faults: { words: string; denied: boolean }[] = []
  for (const series of list) {
    try {
      await work(series)
    } catch (error) {
      const stays = error instanceof SourceFault || (error instanceof OutboundError && isOfSeries(error))
      if (!stays) throw error
      faults.push({
        words: `${nameOf(series)}: ${error.message}`,
        denied: error instanceof OutboundError && error.trouble === 'denied',
      })
    }
  }
  const [first, ...rest] = faults
  if (!first) return
  const more = rest.length === 0 ? '' : `; and ${rest.length} more`
  throw new OutboundError(faults.every(({ denied }) => denied) ? 'denied' : 'failed', `${first.words}${more}`)
}

const isOfSeries = ({ trouble, details }: OutboundError): boolean =>
  trouble === 'denied' || (trouble === 'failed' && details.status !== undefined && details.status < 500)
