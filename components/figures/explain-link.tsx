import Link from 'next/link'
import { explainHref } from '../explain/explainable'

interface Of {
  /** What is explained: `Emissions, location-based`. */
  of: string
}
/** `explain`: an address (lib/contracts/explain), opens the drawer. `href`: any page that the figure rests on. */
export type ExplainLinkProps = Of & ({ explain: string; href?: undefined } | { href: string; explain?: undefined })

const LOOK =
  'no-print -my-[3px] inline-grid size-6 flex-none place-items-center rounded-[2px] font-serif text-[15px] leading-4 font-normal tracking-normal text-accent italic no-underline hover:bg-accent-wash hover:no-underline'

/** ƒ: from a figure to what it rests on. */
export function ExplainLink({ href, explain, of }: ExplainLinkProps) {
  const named = { 'aria-label': `Explain ${of}`, className: LOOK }
  return explain === undefined ? (
    <Link href={href} scroll={false} title={`Explain ${of}`} {...named}>
      ƒ
    </Link>
  ) : (
    <a
      href={explainHref(explain)}
      data-explain-open={explain}
      title={`Explain ${of} (w)`}
      aria-keyshortcuts="w"
      {...named}
    >
      ƒ
    </a>
  )
}
