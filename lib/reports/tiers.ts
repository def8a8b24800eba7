/** Glyph of the weakest of the three tiers: A = 1, B = 2, C = 3 and 4, D = 5 (ARCHITECTURE §10). */
export type Grade = 'A' | 'B' | 'C' | 'D'
const GRADES: Record<number, Grade> = { 1: 'A', 2: 'B', 3: 'C', 4: 'C', 5: 'D' }

export interface Tiers {
  energy: number | null
  overhead: number | null
  intensity: number | null
}

export const worstTier = ({ energy, overhead, intensity }: Tiers): number | null => {
  const known = [energy, overhead, intensity].filter((tier): tier is number => tier !== null)
  return known.length === 0 ? null : Math.max(...known)
}

export const gradeOf = (tiers: Tiers): Grade | null => {
  const worst = worstTier(tiers)
  return worst === null ? null : (GRADES[worst] ?? null)
}
