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

export type KilogramsCO2e = Quantity<'kgCO2e'>
export type Litres = Quantity<'L'>
/** Water usage effectiveness, litres ÷ IT kWh (ISO/IEC 30134-9), or litres of a power station ÷ kWh generated. */
export type LitresPerKilowattHour = Quantity<'L/kWh'>
/** Floating-point operations. */
export type Flops = Quantity<'FLOP'>
export type FlopsPerSecond = Quantity<'FLOP/s'>
export type DeviceHours = Quantity<'device-h'>
/** A share of a whole, 0 … 1. */
export type Share = Quantity<'share'>

/** Ledger integers. Physics is done in doubles; the books hold these (ARCHITECTURE: µWh, mg and µL). */
export type MicrowattHours = Quantity<'µWh'>
export type MilligramsCO2e = Quantity<'mgCO2e'>
export type Microlitres = Quantity<'µL'>

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
export const kilogramsCO2e = (value: number) => of<KilogramsCO2e>(value, 'Kilograms CO2e')
export const litres = (value: number) => of<Litres>(value, 'Litres')
export const litresPerKilowattHour = (value: number) => of<LitresPerKilowattHour>(value, 'Litres per kilowatt-hour')
export const flops = (value: number) => of<Flops>(value, 'FLOPs')
export const flopsPerSecond = (value: number) => of<FlopsPerSecond>(value, 'FLOP/s')
export const deviceHours = (value: number) => of<DeviceHours>(value, 'Device-hours')
/** Throws RangeError outside 0 … 1: a share of more than the whole is a mistake upstream. */
export const share = (value: number) => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`A share must lie in 0 … 1, got ${value}`)
  return of<Share>(value, 'A share')
}

const integerOf = <Q>(value: number, name: string): Q => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} must be a safe integer, got ${value}`)
  return value as unknown as Q
}

/** One entry-hour only: sums of these are bigint or numeric. */
export const microwattHours = (value: number) => integerOf<MicrowattHours>(value, 'Microwatt-hours')
export const milligramsCO2e = (value: number) => integerOf<MilligramsCO2e>(value, 'Milligrams CO2e')
export const microlitres = (value: number) => integerOf<Microlitres>(value, 'Microlitres')

/** A number in a unit that only its name tells: two figures of one measure, to be set side by side. */
export const quantityIn = <U extends string>(value: number, unit: U) => of<Quantity<U>>(value, unit)

/** The bare number, for an edge (a column, JSON, a chart) whose name carries the unit. */
export const value = <U extends string>(quantity: Quantity<U>): number => quantity as unknown as number

// NoInfer: without it two units are taken for the union of both, and everything can be added.
export const add = <U extends string>(augend: Quantity<U>, addend: Quantity<NoInfer<U>>): Quantity<U> =>
  (value(augend) + value(addend)) as unknown as Quantity<U>
export const subtract = <U extends string>(minuend: Quantity<U>, subtrahend: Quantity<NoInfer<U>>): Quantity<U> =>
  (value(minuend) - value(subtrahend)) as unknown as Quantity<U>
export const scale = <U extends string>(quantity: Quantity<U>, factor: number): Quantity<U> =>
  (value(quantity) * factor) as unknown as Quantity<U>
