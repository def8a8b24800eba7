import { add, type KilogramsCO2e, type Share, scale, value } from '@/lib/units/quantity'

/** A model and the one it was made from. */
export interface Descent {
  own: KilogramsCO2e
  parent: { footprint: Descent; inherited: Share } | null
}

/**
 * A child carries its own emissions and a share of its parent's, which carries a share of its own parent's: own + s ×
 * parent (METHOD §5, §13). The parent's own figure stays whole: the inherited part is shown apart and never summed over
 * models. 10 kg and 5 % of 200 kg → 20 kg.
 */
export const withInherited = ({ own, parent }: Descent): KilogramsCO2e =>
  parent === null ? own : add(own, scale(withInherited(parent.footprint), value(parent.inherited)))
