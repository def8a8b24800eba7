'use client'
import { ErrorPanel } from '@/components/states/error-panel'
import { PlainPage } from '@/components/states/plain-page'

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <PlainPage title="This page failed">
      <ErrorPanel
        words="It could not be shown. Nothing was changed, and the ledger is as it was."
        detail={error.digest ? 'Name this when you ask:' : undefined}
        requestId={error.digest}
        onRetry={retry}
      />
    </PlainPage>
  )
}
