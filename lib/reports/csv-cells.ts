import { stringify } from 'csv-stringify/sync'
import { guardText } from './csv-guard'

/** A decimal that is written digit by digit as it is, unquoted: exports never round and never localise. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

export type CsvCell = string | number | boolean | ExactNumber | null

export const exact = (text: string | null): ExactNumber | null => (text === null ? null : new ExactNumber(text))

/** Rows as RFC 4180: CRLF, text quoted and guarded, numbers bare, unknown empty. */
export const csvRows = (rows: CsvCell[][]): string =>
  stringify(rows, {
    record_delimiter: 'windows',
    cast: {
      string: (text) => ({ value: guardText(text), quoted: true }),
      number: (number) => plainNumber(number),
      boolean: (flag) => (flag ? 'true' : 'false'),
      object: (value) => (value as unknown as ExactNumber).text,
    },
  })

/** The shortest decimal that reads back as the same double, never in exponent form. */
export const plainNumber = (number: number): string => {
  const text = String(number)
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - whole.length)}${whole}${fraction}`
  return `${sign}${whole}${fraction}${'0'.repeat(shift - fraction.length)}`
}

export const BOM = '\ufeff'
