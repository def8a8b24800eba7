import type { ReactNode } from 'react'
import { explainHref } from './explainable'

/** From one explanation to the next: opens in the drawer, which Back leads out of again. */
export function ExplainTo({ address, children }: { address: string | null; children: ReactNode }) {
  if (address === null) return <>{children}</>
  return (
    <a href={explainHref(address)} data-explain-open={address} className="-my-1 inline-block py-1">
      {children}
    </a>
  )
}
