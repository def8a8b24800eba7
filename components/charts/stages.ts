/** What charts show: the five stages of the wire in four groups, the two that are lines and not stages, runs that led nowhere, and what has no stage. */
export type DisplayStage = 'embodied' | 'data' | 'training' | 'adaptation' | 'lost' | 'inference' | 'eol' | 'unassigned'

/** From the base of a stack upward. */
export const STAGE_ORDER: readonly DisplayStage[] = [
  'embodied',
  'data',
  'training',
  'adaptation',
  'lost',
  'inference',
  'eol',
  'unassigned',
]

export const STAGE_LABEL: Record<DisplayStage, string> = {
  embodied: 'Embodied hardware',
  data: 'Data',
  training: 'Training',
  adaptation: 'Adaptation',
  lost: 'Failed, abandoned',
  inference: 'Inference',
  eol: 'End of life',
  unassigned: 'Unassigned',
}

export const stageColor = (stage: DisplayStage): string =>
  stage === 'unassigned' ? 'var(--ghost)' : stage === 'lost' ? 'var(--ink-2)' : `var(--stage-${stage})`

const WIRE: Record<string, DisplayStage> = {
  'data-preparation': 'data',
  training: 'training',
  'fine-tuning': 'adaptation',
  evaluation: 'adaptation',
  inference: 'inference',
}

/** Fine-tuning and evaluation are shown together as adaptation. */
export const displayStage = (wireStage: string): DisplayStage | null => WIRE[wireStage] ?? null
