import { boundsOf } from '@/lib/accounting/uncertainty/bounds'
import type { Asset } from '@/lib/contracts/assets'
import type { AssetBook } from '@/lib/rollups/asset-book'
import { formatPercent, threeFigures } from '@/lib/units/format'

/** At most so many characters of a name that a person typed; the whole of it is in the title. */
export const shortened = (name: string, most = 40): string =>
  name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`

/** `4,074 (2,630 to 5,990)`: 95 % bounds by METHOD §9. */
export const withBounds = (kg: number, u95: number | null): string => {
  if (u95 === null || u95 === 0) return threeFigures(kg)
  const { low, high } = boundsOf(u95)
  return `${threeFigures(kg)} (${threeFigures(kg * low)} to ${threeFigures(kg * high)})`
}

export const sumOfBooks = (books: readonly AssetBook[], of: (book: AssetBook) => bigint | null): bigint | null => {
  const known = books.flatMap((book) => of(book) ?? [])
  return known.length === 0 ? null : known.reduce((sum, mg) => sum + mg, 0n)
}

export const shareWords = (part: bigint | null, whole: bigint | null): string | null =>
  part === null || whole === null || whole === 0n ? null : formatPercent(Number(part) / Number(whole))

/** Half-width of a sum of assets: those of one source err together, the others apart. */
export const groupOf = (asset: Asset): string => asset.embodied_factor ?? asset.embodied_source ?? asset.asset_id

/** Where nobody said: product footprints ±30 %, everything else ±60 % (METHOD §9). */
export const u95Of = (asset: Asset): number => asset.embodied_u95 ?? (asset.embodied_basis === 'pcf' ? 0.3 : 0.6)
