import { formatPercent } from '@/lib/units/format'
import { GapNote } from '../figures/gap-note'

export interface PartialNoteProps {
  /** 0 … 1 of the hours in the range. */
  coveredShare: number
  filledShare?: number
  filledWords?: string
  href?: string
}

/** `93.4 % of hours have a figure; 6.6 % filled, grade D` */
export function PartialNote({ coveredShare, filledShare, filledWords = 'filled', href }: PartialNoteProps) {
  return (
    <GapNote href={href}>
      {formatPercent(coveredShare)} of hours have a figure
      {filledShare !== undefined && filledShare > 0 && `; ${formatPercent(filledShare)} ${filledWords}`}
    </GapNote>
  )
}
