import Link from 'next/link'
import type { ReactNode } from 'react'
import { Logo } from '../shell/logo'

/** A page outside the frame: nothing found, or nothing works. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col px-(--gutter) md:px-24">
      <header>
        <Link
          href="/"
          prefetch={false}
          className="inline-flex h-24 items-center gap-2.5 text-ink no-underline hover:no-underline"
        >
          <Logo size_px={22} />
          <b className="text-[17px] font-semibold">Wattledger</b>
        </Link>
      </header>
      <main id="main" className="my-auto max-w-[60ch] border-t border-rule pt-3 pb-40">
        <h1 className="mb-1 text-title font-semibold">{title}</h1>
        {children}
      </main>
    </div>
  )
}
