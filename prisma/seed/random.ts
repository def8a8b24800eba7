/** Chance that is the same on every machine: each name has a stream of its own, so that adding one run changes no other. */
export interface Random {
  /** [0, 1) */
  next(): number
  between(low: number, high: number): number
  whole(low: number, high: number): number
  /** Mean 0, standard deviation 1. */
  normal(): number
}

/** FNV-1a, 32 bits. */
const seedOf = (name: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

export const randomOf = (name: string): Random => {
  let state = seedOf(name)
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const between = (low: number, high: number) => low + (high - low) * next()
  return {
    next,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    // Box–Muller; 1 − next() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** A slow wander around 0 of the given standard deviation; `memory` is the number of steps after which a third is left. */
export const wander = (random: Random, deviation: number, memory: number): (() => number) => {
  const keep = Math.exp(-1 / memory)
  let level = deviation * random.normal()
  return () => {
    level = keep * level + Math.sqrt(1 - keep * keep) * deviation * random.normal()
    return level
  }
}
