import type { Metadata } from 'next'
import { Logo } from '@/components/shell/logo'
import { SignInForm } from '@/components/shell/sign-in-form'
import { SignInPicture } from '@/components/shell/sign-in-picture'

export const metadata: Metadata = { title: 'Sign in' }

const one = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null)

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = await searchParams
  return (
    <main id="main" className="grid min-h-dvh lg:grid-cols-[minmax(400px,1fr)_minmax(0,860px)]">
      <div className="flex flex-col px-(--gutter) pt-10 pb-7 sm:px-24 lg:pr-8 lg:pl-[max(32px,min(96px,8vw))]">
        <p className="flex items-center gap-2.5">
          <Logo size_px={22} />
          <b className="text-[17px] font-semibold">Wattledger</b>
        </p>
        <div className="my-auto py-10">
          <SignInForm callbackUrl={one(query.callbackUrl)} errorCode={one(query.error)} />
        </div>
        <p className="text-meta text-muted">The carbon ledger of AI. Times UTC.</p>
      </div>
      <SignInPicture />
    </main>
  )
}
