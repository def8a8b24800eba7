import type { ServiceSci } from '@/lib/rollups/service-sci'
import { threeFigures } from '@/lib/units/format'
import { perOf, unitWords } from './units'

/** Why a score, or a part of it, is not known: in words for people. */
export const lackingWords = (sci: ServiceSci, hardware: readonly string[]): string | undefined => {
  switch (sci.lacks) {
    case 'units':
      return `Nobody stated how many ${unitWords(sci.unit)} were delivered on these days`
    case 'emissions':
      return 'On no day are its units and all of its emissions known'
    case 'embodied':
      return `Embodied emissions of ${hardware.join(', ') || 'its hardware'} are not known: register it on the Hardware page`
    case null:
      return sci.grams === null ? 'Nothing was delivered: a score needs at least one unit' : undefined
  }
}

/** Per what the page speaks, from one unit of the contract. */
export const scaled = (perOne: number | null, unit: string): number | null =>
  perOne === null ? null : perOne * perOf(unit).times

/** g per one → a figure in g, mg or kg that reads well. */
export const massFigure = (grams: number | null): { value: string; unit: string } | null => {
  if (grams === null) return null
  if (grams >= 1000) return { value: threeFigures(grams / 1000), unit: 'kg' }
  if (grams >= 0.1 || grams === 0) return { value: threeFigures(grams), unit: 'g' }
  return { value: threeFigures(grams * 1000), unit: 'mg' }
}
export const energyFigure = (kilowattHours: number | null): { value: string; unit: string } | null =>
  kilowattHours === null
    ? null
    : kilowattHours >= 1 || kilowattHours === 0
      ? { value: threeFigures(kilowattHours), unit: 'kWh' }
      : { value: threeFigures(kilowattHours * 1000), unit: 'Wh' }
export const waterFigure = (litres: number | null): { value: string; unit: string } | null =>
  litres === null
    ? null
    : litres >= 1 || litres === 0
      ? { value: threeFigures(litres), unit: 'L' }
      : { value: threeFigures(litres * 1000), unit: 'mL' }
