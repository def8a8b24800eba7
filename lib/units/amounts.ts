/** Units in which people tell quantities of fuel, gas, water, waste and goods, by what they measure; each in the first of its group. */
const GROUPS: readonly Readonly<Record<string, number>>[] = [
  { l: 1, ml: 0.001, m3: 1000, 'US gal': 3.785411784, 'UK gal': 4.54609 },
  { kg: 1, g: 0.001, t: 1000, lb: 0.45359237 },
  // Gross and net calorific value of one fuel differ by 5 to 10 %: no lawful way leads from one to the other.
  { 'kWh gross': 1, 'MWh gross': 1000, 'GJ gross': 1 / 0.0036, MMBtu: 293.07107017222 },
  { 'kWh net': 1, 'MWh net': 1000, 'GJ net': 1 / 0.0036 },
  { kWh: 1, MWh: 1000, GWh: 1_000_000, GJ: 1 / 0.0036 },
  { GB: 1, TB: 1000 },
  { h: 1, d: 24 },
]

const sameWord = (left: string, right: string): boolean => left.trim().toLowerCase() === right.trim().toLowerCase()

const named = (unit: string): { group: Readonly<Record<string, number>>; name: string } | null => {
  for (const group of GROUPS) {
    const name = Object.keys(group).find((one) => sameWord(one, unit))
    if (name !== undefined) return { group, name }
  }
  return null
}

/** Every unit that can be told where `unit` is asked for; itself alone where it is of no known measure: `EUR`, `unit`. */
export const unitsLike = (unit: string): string[] => Object.keys(named(unit)?.group ?? { [unit]: 1 })

/** A quantity in another unit of the same measure: 2 m3 → 2,000 l. Null where no lawful way leads there: litres are no kilograms. */
export const amountIn = (amount: number, from: string, to: string): number | null => {
  if (sameWord(from, to)) return amount
  const [told, asked] = [named(from), named(to)]
  if (told === null || asked === null || told.group !== asked.group) return null
  return (amount * (told.group[told.name] as number)) / (asked.group[asked.name] as number)
}

/** A factor's unit apart: `kg/l` → 1 kg per `l`; `g/kWh gross` → 0.001 kg per `kWh gross`. Null for one that is no mass per something. */
export const massPerOf = (unit: string): { kg: number; per: string } | null => {
  const match = /^(kg|g|t|lb)\s*(?:CO2e?)?\/(.+)$/.exec(unit.trim())
  const [, mass, per] = match ?? []
  const kg = mass === undefined ? undefined : GROUPS[1]?.[mass]
  return kg === undefined || per === undefined ? null : { kg, per }
}
