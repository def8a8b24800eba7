import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { preload } from 'react-dom'
import { Providers } from '@/components/shell/providers'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Wattledger', template: '%s · Wattledger' },
  description:
    'The carbon ledger of AI: energy joined hour by hour with grid intensity, from raw reading to disclosure.',
  applicationName: 'Wattledger',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  // Figures belong to an organisation; nothing here is for search engines.
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f7f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0f1412' },
  ],
}

const FIRST_FONTS = ['IBMPlexSans-Regular', 'IBMPlexSans-Medium', 'IBMPlexSans-SemiBold']

export default async function RootLayout({ children }: { children: ReactNode }) {
  // proxy.ts allows inline scripts by this nonce only; asking for it also keeps every page from being prerendered without one.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  for (const font of FIRST_FONTS)
    preload(`/fonts/${font}.woff2`, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  return (
    // next-themes sets data-theme before the first paint, which the server cannot know.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
