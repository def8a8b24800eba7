/** Fixed breaks in g CO2e/kWh: the same colour means the same grid in every chart and theme. */
export const INTENSITY_BREAKS_G_PER_KWH = [0, 100, 200, 300, 400, 500, 600, 800] as const

export const rampStep = (intensity_g_per_kwh: number): number => {
  let step = 0
  for (const [at, from] of INTENSITY_BREAKS_G_PER_KWH.entries()) if (intensity_g_per_kwh >= from) step = at
  return step
}

export const rampColor = (intensity_g_per_kwh: number): string => `var(--i${rampStep(intensity_g_per_kwh) + 1})`
