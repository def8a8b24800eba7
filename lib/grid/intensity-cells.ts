import { HOUR } from '@/lib/units/time'

/** The cells of an intensity file: each function gives a value, or a sentence why the cell is refused. PURE. */

export const MAX_G_PER_KWH = 5000

const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?\s?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/i
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** `2023-01-01 00:00:00` (where the header says UTC) or ISO 8601 with an offset → the start of an hour, ms since 1970. */
export const hourCell = (cell: string, isUtc: boolean): number | string => {
  const parts = TIME.exec(cell)
  if (!parts) return `time "${cell.slice(0, 40)}" is not of the form 2023-01-01T00:00:00Z`
  const [, year, month, day, hour, minute, second = '0', utc, sign, offsetHours, offsetMinutes] = parts
  if (!utc && !sign && !isUtc) return `time "${cell}" has no offset: write 2023-01-01T00:00:00Z`
  const local = [year, month, day, hour, minute, second].map(Number) as [number, number, number, number, number, number]
  const wall = Date.UTC(local[0], local[1] - 1, local[2], local[3], local[4], local[5])
  const isReal =
    new Date(wall).toISOString().slice(0, 19) === `${year}-${month}-${day}T${hour}:${minute}:${second.padStart(2, '0')}`
  if (!isReal || local[0] < 1990) return `time "${cell}" does not exist in the calendar`
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 : 0
  const at = wall - offset
  return at % HOUR === 0 ? at : `time "${cell}" is not the start of a UTC hour: the file must be hourly`
}

/** An empty cell is an unknown hour, never zero. */
export const gPerKwhCell = (cell: string): number | null | string => {
  if (cell === '') return null
  if (!NUMBER.test(cell)) return `intensity "${cell.slice(0, 40)}" is not a number`
  const value = Number(cell)
  if (value < 0) return `intensity ${cell} is negative`
  if (value > MAX_G_PER_KWH) return `intensity ${cell} is above ${MAX_G_PER_KWH} g/kWh: is the unit right?`
  return value + 0
}

const FLAGS: Record<string, boolean> = {
  '': false,
  true: true,
  false: false,
  '1': true,
  '0': false,
  yes: true,
  no: false,
}

export const estimatedCell = (cell: string): boolean | string =>
  FLAGS[cell.toLowerCase()] ?? `estimated "${cell.slice(0, 40)}" is neither true nor false`
