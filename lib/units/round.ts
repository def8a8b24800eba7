/** Rounds to the nearest integer, ties to even (IEEE 754 roundTiesToEven). The only rounding before display. Never −0. */
export const roundHalfEven = (value: number): number => {
  const floor = Math.floor(value)
  const fraction = value - floor
  const up = fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0)
  return (up ? floor + 1 : floor) + 0
}
