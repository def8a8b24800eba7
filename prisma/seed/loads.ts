import { DAY, HOUR } from '@/lib/units/time'
import { randomOf, wander } from './random'
import type { Load } from './workloads'

/** Comes in: what kind of work. Goes out: how busy it keeps its hardware over time. */

/** Training holds its level, pauses to write checkpoints, and now and then restarts. */
export const trainingLoad = (name: string, level: number, start: number): (() => Load) => {
  return () => {
    const random = randomOf(`load ${name}`)
    const drift = wander(random, 0.018, 30)
    let restartUntil = 0
    return (at) => {
      if (random.next() < 0.0025) restartUntil = at + HOUR
      const checkpoint = random.next() < 0.06 ? -0.12 * random.next() : 0
      const ramp = at < start + HOUR ? -0.25 : 0
      const restart = at < restartUntil ? -0.4 : 0
      return level + drift() + checkpoint + ramp + restart
    }
  }
}

/** As training, but for its last hours the ranks wait for a collective that never ends. */
export const failingLoad = (name: string, level: number, start: number, hangsAt: number): (() => Load) => {
  const training = trainingLoad(name, level, start)
  return () => {
    const load = training()
    return (at) => (at < hangsAt ? load(at) : 0.38 + 0.02 * (load(at) - level))
  }
}

/** Evaluations and data preparation come in bursts. */
export const burstyLoad = (name: string, level: number): (() => Load) => {
  return () => {
    const random = randomOf(`load ${name}`)
    const burst = wander(random, 0.11, 5)
    return () => level + burst() + 0.03 * random.normal()
  }
}

/** Demand on a service: by hour of the local day and day of the week, growing from one level to another over its life. */
export const demandLoad = (
  name: string,
  life: { from: number; to: number; levels: [first: number, last: number]; utcOffset: number; weekend: number },
): (() => Load) => {
  return () => {
    const random = randomOf(`load ${name}`)
    const mood = wander(random, 0.045, 40)
    return (at) => {
      const localHour = ((at + life.utcOffset * HOUR) % DAY) / HOUR
      // 1 January 1970 was a Thursday.
      const weekday = (Math.floor((at + life.utcOffset * HOUR) / DAY) + 4) % 7
      const daily =
        1 +
        0.3 * Math.cos(((localHour - 14.5) / 24) * 2 * Math.PI) +
        0.07 * Math.cos(((localHour - 10) / 12) * 2 * Math.PI)
      const weekly = weekday === 0 || weekday === 6 ? life.weekend : 1
      const grown = (at - life.from) / (life.to - life.from)
      const level = life.levels[0] + (life.levels[1] - life.levels[0]) * grown
      return level * daily * weekly * (1 + mood()) + 0.01 * random.normal()
    }
  }
}
