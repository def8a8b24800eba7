import type { Context, IncomingMeter, IncomingReading, IncomingSample, IncomingSeries } from './reading'

const MOST_METERS = 100_000
/** A longer name is worked out anew each time, so that names cannot fill the memory. */
const LONGEST_KEY = 4096

/** Everything that was said of a meter, in words → the one object that stands for it, by which `acceptSeries` remembers. */
const kept = new Map<string, IncomingMeter>()

/**
 * Readings of a protocol whose requests repeat what they say → readings of each meter, named by the same object in every request.
 * The order of receipt stays among all readings of a meter, whichever run they are of.
 */
export const keptSeries = (orgId: string, readings: IncomingReading[]): IncomingSeries[] => {
  const spelled = new Map<Context, string>()
  const series: { of: IncomingMeter; samples: IncomingSample[] }[] = []
  const lastOf = new Map<string, { context: Context; samples: IncomingSample[] }>()
  for (const reading of readings) {
    const { kind, unit, boundary, method = 'metered', meter, context } = reading
    const name = `${kind} ${unit} ${boundary} ${method} ${meter}`
    const last = lastOf.get(name)
    if (last?.context === context) {
      last.samples.push(reading)
      continue
    }
    const said = spelled.get(context) ?? JSON.stringify(context)
    spelled.set(context, said)
    const samples = [reading]
    lastOf.set(name, { context, samples })
    series.push({ of: meterOf(`${orgId} ${name} ${said}`, reading), samples })
  }
  return series
}

const meterOf = (key: string, reading: IncomingReading): IncomingMeter => {
  const known = kept.get(key)
  if (known) return known
  const { meter, kind, unit, boundary, context, method, device, component, preference } = reading
  const made: IncomingMeter = {
    ...{ meter, kind, unit, boundary, context },
    ...(method === undefined ? {} : { method }),
    ...(device === undefined ? {} : { device }),
    ...(component === undefined ? {} : { component }),
    ...(preference === undefined ? {} : { preference }),
  }
  if (key.length <= LONGEST_KEY) {
    if (kept.size >= MOST_METERS) kept.clear()
    kept.set(key, made)
  }
  return made
}
