import { tonnes } from './tonnes'

interface Bounded {
  mg: bigint | null
  lowMg: bigint | null
  highMg: bigint | null
}

/**
 * The 95 % interval of a figure in tonnes, without its unit: `118` for ± 118, `592 to 1,585` where the two sides differ
 * (beyond ±30 %). Null where there is no figure, or nothing is uncertain in it.
 */
export const intervalText = ({ mg, lowMg, highMg }: Bounded): string | null => {
  if (mg === null || lowMg === null || highMg === null || lowMg === highMg) return null
  const [below, above] = [mg - lowMg, highMg - mg]
  const apart = below > above ? below - above : above - below
  return apart <= 2n ? `± ${tonnes(above)}` : `${tonnes(lowMg)} to ${tonnes(highMg)}`
}
