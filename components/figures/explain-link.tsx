import Link from 'next/link'

export interface ExplainLinkProps {
  href: string
  /** What is explained: `Emissions, location-based`. */
  of: string
}

/** ƒ: from a figure to what it rests on. */
export function ExplainLink({ href, of }: ExplainLinkProps) {
  return (
    <Link
      href={href}
      scroll={false}
      title={`Explain ${of}`}
      aria-label={`Explain ${of}`}
      className="no-print -my-[3px] inline-grid size-6 flex-none place-items-center rounded-[2px] font-serif text-[15px] leading-4 text-accent italic no-underline hover:bg-accent-wash hover:no-underline"
    >
      ƒ
    </Link>
  )
}
