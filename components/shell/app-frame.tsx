import { type ReactNode, Suspense } from 'react'
import { ExplainDesk } from '../explain/explain-desk'
import { DemoRibbon } from './demo-ribbon'
import { Footer } from './footer'
import { MenuSheet } from './menu-sheet'
import type { ShellProps } from './shell-types'
import { Sidebar } from './sidebar'
import { SkipLink } from './skip-link'

export interface AppFrameProps extends ShellProps {
  methodVersion: string
  appVersion: string
  /** Pages: `<TopBar/>`, optionally `<FilterRow/>`, then `<Main/>`. */
  children: ReactNode
}

/** Around all pages of an organisation. */
export function AppFrame({ methodVersion, appVersion, children, ...shell }: AppFrameProps) {
  return (
    <div data-frame="" className="min-h-dvh">
      <SkipLink />
      {shell.org.isDemo && <DemoRibbon />}
      <div className={`flex ${shell.org.isDemo ? 'min-h-[calc(100dvh-28px)]' : 'min-h-dvh'}`}>
        <Sidebar {...shell} />
        <MenuSheet {...shell} />
        <div className="flex min-w-0 flex-1 flex-col">
          {children}
          <Footer
            orgName={shell.org.name}
            isDemo={shell.org.isDemo}
            methodVersion={methodVersion}
            appVersion={appVersion}
          />
        </div>
      </div>
      <Suspense>
        <ExplainDesk org={shell.org.slug} />
      </Suspense>
    </div>
  )
}
