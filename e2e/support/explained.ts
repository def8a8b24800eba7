import type { Page } from '@playwright/test'

/** A figure on a page that carries the address of its explanation. */
export interface Explained {
  address: string
  /** The exact integer or value that the page had in hand; null where it shows text alone. */
  exact: string | null
  shown: string | null
  unit: string | null
}

/** Of all explained figures on the page, each address with each text once. */
export const explainedOn = (page: Page): Promise<Explained[]> =>
  page.evaluate(() => {
    const found = new Map<string, Explained>()
    for (const element of document.querySelectorAll<HTMLElement>('[data-frame] [data-explain]')) {
      const { explain: address, exact, shown, unit } = element.dataset
      if (address === undefined) continue
      const one = { address, exact: exact ?? null, shown: shown ?? null, unit: unit ?? null }
      found.set(JSON.stringify(one), one)
    }
    return [...found.values()]
  })

/** Figures that neither lead to an explanation nor say why they have none, by where they stand: of tables the column. */
export const bareOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const bare = new Set<string>()
    for (const element of document.querySelectorAll<HTMLElement>('[data-frame] [data-figure]')) {
      if (element.dataset.explain !== undefined || element.dataset.plain !== undefined) continue
      if (element.querySelector('[data-explain]') !== null) continue
      const table = element.closest('table')
      const place = table
        ? `${table.caption?.textContent} / ${table.tHead?.rows[0]?.cells[(element as HTMLTableCellElement).cellIndex]?.textContent}`
        : (element.parentElement?.querySelector('h2')?.textContent ?? '')
      bare.add(`${place}: ${element.textContent}`)
    }
    return [...bare]
  })

export interface ToldFigure {
  exact: string | null
  exact_unit: 'mg' | 'µWh' | 'µL' | null
  number: number | null
}

const SIZE: Record<string, [of: ToldFigure['exact_unit'], size: number]> = {
  mg: ['mg', 1],
  g: ['mg', 1e3],
  kg: ['mg', 1e6],
  t: ['mg', 1e9],
  Wh: ['µWh', 1e6],
  kWh: ['µWh', 1e9],
  MWh: ['µWh', 1e12],
  GWh: ['µWh', 1e15],
  mL: ['µL', 1e3],
  L: ['µL', 1e6],
  'm³': ['µL', 1e9],
  m3: ['µL', 1e9],
}

/** The number at the start of a text: `2,256 kg/kg, GWP 100` → `2256`. */
const plain = (text: string): string =>
  (/^\s*[-−]?[\d,]+(\.\d+)?/.exec(text)?.[0] ?? text).replaceAll(/[,\s]/g, '').replace('−', '-')
const decimalsOf = (text: string): number => plain(text).split('.')[1]?.length ?? 0

/** Why a figure and its explanation disagree, in a sentence; null where they agree. */
export const disagreement = (figure: Explained, told: ToldFigure): string | null => {
  const { exact, shown, unit, address } = figure
  const says = `${address}: the page shows ${shown ?? '—'} ${unit ?? ''} (${exact ?? 'no exact value'}), explained as ${told.exact ?? told.number}`
  if (exact !== null && told.exact !== null) return exact === told.exact ? null : says
  if (exact !== null) {
    const [ours, theirs] = [Number(exact), told.number]
    if (theirs === null) return says
    return Math.abs(ours - theirs) <= 1e-12 * Math.abs(ours) ? null : says
  }
  if (shown === null) return told.exact === null && told.number === null ? null : says
  const [of, size] = SIZE[(unit ?? '').split(/[\s(]/)[0] ?? ''] ?? [null, 1]
  const digits = Number(plain(shown))
  const isPercent = unit === '%' || /%\s*$/.test(shown)
  const explained =
    told.exact !== null && of === told.exact_unit ? Number(told.exact) / size : told.exact === null ? told.number : null
  const amount = explained !== null && isPercent ? explained * 100 : explained
  // A figure that is no plain number (a share, "< 0.1") has its exact value to be held against.
  if (amount === null || !Number.isFinite(digits)) return `${says}: nothing to compare`
  // Half of the last digit that is shown.
  const half = 0.5 * 10 ** -decimalsOf(shown)
  const wide = Math.abs(digits) >= 1000 && plain(shown).endsWith('0') ? 0.5 : half
  return Math.abs(amount - digits) <= Math.max(half, wide) * (1 + 1e-9) ? null : says
}
