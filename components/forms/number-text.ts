/** `7e10`, `70,6e9` and `1 200` as people type them; null when left empty, NaN when it is no number. */
export const numberOf = (text: string): number | null => {
  const plain = text.trim().replace(/[\s\u202f']/g, '')
  if (plain === '') return null
  // One comma alone is a decimal comma; several, or one beside a point, group thousands.
  const commas = plain.split(',').length - 1
  return Number(commas === 1 && !plain.includes('.') ? plain.replace(',', '.') : plain.replaceAll(',', ''))
}

/** As it is typed again: 70600000000 → `7.06e10`, 435000 → `435000`. */
export const textOfNumber = (value: number | null): string =>
  value === null ? '' : value >= 1e7 ? value.toExponential().replace('e+', 'e') : String(value)
