/** Bodies that work as they stand, for the documented operations. */

const CONTEXT = {
  run: 'first-run',
  model: 'my-model',
  team: 'my-team',
  stage: 'training',
  grid_zone: 'DE',
  deployment: 'owned',
  pue: 1.2,
}

const METER = { meter: 'gpu0', kind: 'power', unit: 'W' }
const READINGS = [
  { ...METER, at: '2026-11-23T10:00:00Z', value: 300 },
  { ...METER, at: '2026-11-23T10:05:00Z', value: 310 },
]

export const EXAMPLE_READINGS = { ...CONTEXT, readings: READINGS }

export const EXAMPLE_LINES = [CONTEXT, ...READINGS].map((line) => JSON.stringify(line)).join('\n')

export const EXAMPLE_ACTIVITY = {
  run: 'bert-finetune',
  model: 'bert',
  team: 'nlp',
  stage: 'fine-tuning',
  start: '2026-11-01T00:00:00Z',
  end: '2026-11-05T04:00:00Z',
  energy_kwh: 30,
  grid_zone: 'DE',
  deployment: 'cloud',
  pue: 1.1,
}
