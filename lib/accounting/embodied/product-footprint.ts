import { type KilogramsCO2e, type Share, scale, value } from '@/lib/units/quantity'

/**
 * The cradle-to-gate part of a product's footprint: total × share (ISO 14067). Dell R740, 8,640 kg × 15.2 % → 1,313 kg
 * (case DEL-01).
 */
export const cradleToGate = (footprint: KilogramsCO2e, manufacturing: Share): KilogramsCO2e =>
  scale(footprint, value(manufacturing))
