import type { Stage } from '../facts'

/** Who the score is for (SCI for AI; METHOD §6). A figure per unit is not comparable without its boundary. */
export type SciBoundary = 'consumer' | 'provider'

export interface BoundaryRule {
  /** In words, for people. */
  covers: string
  stages: readonly Stage[]
  /** Development, failed and abandoned runs. */
  includesDevelopment: boolean
  units: readonly string[]
}

export const SCI_BOUNDARIES: Readonly<Record<SciBoundary, BoundaryRule>> = {
  consumer: {
    covers: 'operation and monitoring of the model in use',
    stages: ['inference'],
    includesDevelopment: false,
    units: ['token', 'image', 'second', 'workflow', 'page', 'inference', 'request'],
  },
  provider: {
    covers: 'inception, design and development with every training run, and deployment',
    stages: ['data-preparation', 'training', 'fine-tuning', 'evaluation'],
    includesDevelopment: true,
    units: ['FLOP', 'training token', 'parameter'],
  },
}

export const isInBoundary = (stage: Stage, boundary: SciBoundary): boolean =>
  SCI_BOUNDARIES[boundary].stages.includes(stage)
