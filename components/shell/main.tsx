import type { ReactNode } from 'react'

export function Main({ children }: { children: ReactNode }) {
  return (
    <main id="main" tabIndex={-1} className="@container mx-(--gutter) flex-1 pt-5 pb-10 max-md:pt-4">
      {children}
    </main>
  )
}
