import { type Flops, flops } from '@/lib/units/quantity'

/** FLOPs per parameter and token. */
export const FLOP_RULES = { '6ND': 6, '8ND': 8, '2ND': 2 } as const
export type FlopRule = keyof typeof FLOP_RULES

/** A transformer's shape, for the attention that parameters do not count. */
export interface AttentionShape {
  layers: number
  heads: number
  /** Dimension of one head. */
  headSize: number
  /** Tokens of context. */
  context: number
}

/**
 * C = k × N × D, FLOP (METHOD §1.4; Kaplan 2020, Hoffmann 2022): 6 trains, 8 trains with full recomputation, 2 infers over
 * the tokens read and written. N of a mixture of experts: the active parameters. 6 × 37e9 × 14.8e12 → 3.2856e24 (case
 * FLP-03).
 */
export const flopsOf = (parameters: number, tokens: number, rule: FlopRule): Flops => {
  if (!(parameters >= 0 && tokens >= 0)) throw new RangeError('Parameters and tokens start at 0')
  return flops(FLOP_RULES[rule] * parameters * tokens)
}

/**
 * What attention adds in training: 12 × L × H × Q × T × D, FLOP (PaLM, appendix B). 32 layers, 32 heads of 128, 2,048
 * tokens of context, 1e12 tokens → 3.22e21.
 */
export const attentionFlops = ({ layers, heads, headSize, context }: AttentionShape, tokens: number): Flops =>
  flops(12 * layers * heads * headSize * context * tokens)
