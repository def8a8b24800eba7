import type { GridBasis } from '@/lib/contracts/grid'
import { type FileHour, type ParsedIntensity, parseIntensityCsv } from './intensity-csv'
import { ELECTRICITY_MAPS, electricityMapsHours } from './sources/electricity-maps'
import { GB_SOURCE, gbHours, isGbAnswer } from './sources/gb-carbon-intensity'
import { SourceFault } from './sources/source-fault'
import { BASIS_OF_SIGNAL, wattTimeFile, wattTimeSource } from './sources/watttime'
import { isWattTimeCsv, wattTimeCsvHours } from './sources/watttime-csv'

interface Asked {
  zone: string
  basis: GridBasis
}

/**
 * An uploaded file of any known source: CSV of the Electricity Maps portal, of WattTime or plain; or the saved JSON of an API (Electricity
 * Maps, WattTime, GB Carbon Intensity). PURE.
 */
export const parseIntensityFile = (text: string, asked: Asked): ParsedIntensity => {
  try {
    if (/^\s*[{[]/.test(text)) return whole(jsonHours(text, asked))
    if (isWattTimeCsv(text))
      return whole({ hours: wattTimeCsvHours(text, asked.basis), source: `WattTime CSV (${asked.basis})` })
  } catch (error) {
    const words = error instanceof SourceFault ? error.message : 'is neither valid JSON nor CSV'
    return { ok: false, issues: [{ path: 'file', message: words }] }
  }
  if (asked.basis === 'marginal')
    return { ok: false, issues: [{ path: 'basis', message: 'marginal figures come from WattTime files only' }] }
  return parseIntensityCsv(text, { zone: asked.zone, basis: asked.basis })
}

const whole = ({ hours, source }: { hours: FileHour[]; source: string }): ParsedIntensity =>
  hours.some((hour) => hour.gPerKwh !== null)
    ? { ok: true, hours, source, notes: [] }
    : { ok: false, issues: [{ path: 'file', message: 'no hour has a value' }] }

const jsonHours = (text: string, { zone, basis }: Asked): { hours: FileHour[]; source: string } => {
  const answer: unknown = JSON.parse(text)
  const wattTime = wattTimeFile(answer)
  if (wattTime) {
    if (BASIS_OF_SIGNAL[wattTime.signal] !== basis)
      throw new SourceFault(
        `the file holds ${wattTime.signal}, which is ${BASIS_OF_SIGNAL[wattTime.signal]}, not ${basis}`,
      )
    return { hours: wattTime.hours, source: wattTimeSource(wattTime.region, wattTime.signal, wattTime.modelDate) }
  }
  if (basis === 'marginal') throw new SourceFault('marginal figures come from WattTime files only')
  if (isGbAnswer(answer)) {
    if (zone !== 'GB' || basis !== 'direct')
      throw new SourceFault('the GB Carbon Intensity API tells direct intensities of the zone GB')
    return { hours: gbHours(answer, { of: 'actual', from: 0, to: Number.POSITIVE_INFINITY }), source: GB_SOURCE }
  }
  return { hours: electricityMapsHours(answer, { zone, basis }), source: `${ELECTRICITY_MAPS} (saved answer)` }
}
