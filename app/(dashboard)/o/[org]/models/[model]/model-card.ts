import { METHOD_VERSION } from '@/lib/accounting/entries'
import type { ModelLife } from '@/lib/rollups/model-life'
import type { RunSummary } from '@/lib/rollups/runs'

const quoted = (text: string) => JSON.stringify(text)

/** `co2_eq_emissions` of a model card, in grams: the making, operational and location-based. An unknown figure is left out. */
export const modelCard = ({
  life,
  listed,
  window,
}: {
  life: ModelLife
  listed: readonly RunSummary[]
  window: { from: string; to: string }
}): string => {
  const runs = listed.filter((run) => !run.is_service && run.name !== null)
  const zones = [...new Set(runs.flatMap((run) => run.zones))].sort()
  const hardware = [...new Set(runs.flatMap((run) => run.hardware ?? []))].sort()
  const type = life.parts.has('training') ? 'pre-training' : life.parts.has('fine-tuning') ? 'fine-tuning' : null
  return [
    '---',
    'co2_eq_emissions:',
    ...(life.developmentMg === null ? [] : [`  emissions: ${Math.round(Number(life.developmentMg) / 1000)}`]),
    `  source: ${quoted(`Wattledger ${METHOD_VERSION}, location-based, ${window.from} to ${window.to}`)}`,
    ...(type ? [`  training_type: ${quoted(type)}`] : []),
    ...(zones.length > 0 ? [`  geographical_location: ${quoted(zones.join(', '))}`] : []),
    ...(hardware.length > 0 ? [`  hardware_used: ${quoted(hardware.join(', '))}`] : []),
    '---',
  ].join('\n')
}
