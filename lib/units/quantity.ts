declare const unit: unique symbol

/**
 * A number that knows its unit. Opaque: it is a plain number at run time, but the compiler refuses to add it to, compare it
 * with or pass it as a quantity of another unit, and refuses bare arithmetic. The lawful products are in physics.ts.
 */
export interface Quantity<U extends string> {
  readonly [unit]: U
}

export type Watts = Quantity<'W'>
export type Seconds = Quantity<'s'>
export type KilowattHours = Quantity<'kWh'>
export type GramsCO2e = Quantity<'gCO2e'>
export type GramsCO2ePerKilowattHour = Quantity<'gCO2e/kWh'>
/** Power usage effectiveness, facility energy ÷ IT energy (ISO/IEC 30134-2). */
export type Pue = Quantity<'PUE'>

/** Ledger integers. Physics is done in doubles; the books hold these (ARCHITECTURE: µWh and mg). */
export type MicrowattHours = Quantity<'µWh'>
export type MilligramsCO2e = Quantity<'mgCO2e'>

const of = <Q>(value: number, name: string): Q => {
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a finite number, got ${value}`)
  return value as unknown as Q
}

export const watts = (value: number) => of<Watts>(value, 'Watts')
export const seconds = (value: number) => of<Seconds>(value, 'Seconds')
export const kilowattHours = (value: number) => of<KilowattHours>(value, 'Kilowatt-hours')
export const gramsCO2e = (value: number) => of<GramsCO2e>(value, 'Grams CO2e')
export const gramsPerKilowattHour = (value: number) => of<GramsCO2ePerKilowattHour>(value, 'Grid intensity')
export const pue = (value: number) => of<Pue>(value, 'PUE')

const integerOf = <Q>(value: number, name: string): Q => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a safe integer, got ${value}`)
  return value as unknown as Q
}

/** One entry-hour only: sums of these are bigint or numeric. */
export const microwattHours = (value: number) => integerOf<MicrowattHours>(value, 'Microwatt-hours')
export const milligramsCO2e = (value: number) => integerOf<MilligramsCO2e>(value, 'Milligrams CO2e')

/** The bare number, for an edge (a column, JSON, a chart) whose name carries the unit. */
export const value = <U extends string>(quantity: Quantity<U>): number => quantity as unknown as number

// NoInfer: without it two units are taken for the union of both, and everything can be added.
export const add = <U extends string>(augend: Quantity<U>, addend: Quantity<NoInfer<U>>): Quantity<U> =>
  (value(augend) + value(addend)) as unknown as Quantity<U>
export const subtract = <U extends string>(minuend: Quantity<U>, subtrahend: Quantity<NoInfer<U>>): Quantity<U> =>
  (value(minuend) - value(subtrahend)) as unknown as Quantity<U>
export const scale = <U extends string>(quantity: Quantity<U>, factor: number): Quantity<U> =>
  (value(quantity) * factor) as unknown as Quantity<U>
