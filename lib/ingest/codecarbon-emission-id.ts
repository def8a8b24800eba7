/**
 * PURE. The id of an emission: its time, and the digits of its run that are left, as a UUID of version 8. So the emission is found from it, and
 * the same emission has the same id.
 */
export const emissionIdOf = (runId: string, at: number): string => {
  const time = at.toString(16).padStart(12, '0').slice(-12)
  const run = digitsOf(runId)
  return `${time.slice(0, 8)}-${time.slice(8)}-8${run.slice(0, 3)}-8${run.slice(3, 6)}-${run.slice(6)}`
}

const digitsOf = (runId: string): string => runId.replaceAll('-', '').slice(-18)

export const partsOf = (id: string): { at: number; digits: string } => {
  const hex = id.toLowerCase().replaceAll('-', '')
  return { at: Number.parseInt(hex.slice(0, 12), 16), digits: hex.slice(13, 16) + hex.slice(17) }
}
