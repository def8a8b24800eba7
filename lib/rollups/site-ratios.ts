/** Comes in: sums of energy and mass. Goes out: what a site is judged by. Quotients of sums, never means of quotients. PURE. */

/** PUE = Σ E_facility ÷ Σ E_IT (ISO/IEC 30134-2). (130 + 240) ÷ (100 + 200) → 1.2333, not 1.25. Null without IT energy: it has no quotient. */
export const pueOfSums = (facilityUwh: bigint | null, itUwh: bigint | null): number | null =>
  facilityUwh === null || itUwh === null || itUwh === 0n ? null : Number(facilityUwh) / Number(itUwh)

/** CUE in kg CO2e per kWh of IT (ISO/IEC 30134-8): mg ÷ µWh × 1000. */
export const cueOfSums = (mg: bigint | null, itUwh: bigint | null): number | null =>
  mg === null || itUwh === null || itUwh === 0n ? null : (Number(mg) / Number(itUwh)) * 1000

/** g/kWh of a sum: mg ÷ µWh × 10⁶. */
export const intensityOfSums = (mg: bigint | null, uwh: bigint | null): number | null =>
  mg === null || uwh === null || uwh === 0n ? null : (Number(mg) / Number(uwh)) * 1e6

export const shareOf = (part: bigint | null, whole: bigint | null): number | null =>
  part === null || whole === null || whole === 0n ? null : Number(part) / Number(whole)

/** Whole hours of [from, to) that have passed. */
export const elapsedHours = (range: { from: string; to: string }, now: number): number => {
  const until = Math.min(Date.parse(`${range.to}T00:00:00Z`), now)
  return Math.max(0, Math.floor((until - Date.parse(`${range.from}T00:00:00Z`)) / 3_600_000))
}
