import { addressOf } from '@/components/shell/filter-query'

export const pdfHref = (org: string, year: number): string =>
  addressOf(`/api/v1/reports/${year}.pdf`, new URLSearchParams({ org }))

export const csvHref = (org: string, year: number): string =>
  addressOf('/api/v1/exports/ledger.csv', new URLSearchParams({ from: `${year}-01-01`, to: `${year + 1}-01-01`, org }))

/** The ledger lines of the year that a figure is made of. */
export const ledgerHref = (
  org: string,
  year: number,
  narrowed: Record<string, string | readonly string[]> = {},
): string => {
  const query = new URLSearchParams({ from: `${year}-01-01`, to: `${year + 1}-01-01` })
  for (const [key, value] of Object.entries(narrowed)) for (const one of [value].flat()) query.append(key, one)
  return addressOf(`/o/${org}/ledger`, query)
}
