'use client'
import './globals.css'

// The root layout itself failed: no providers, no theme, only words.
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body className="px-(--gutter) py-24 md:px-24">
        <title>Wattledger failed</title>
        <main className="max-w-[60ch] border-t border-rule pt-3">
          <h1 className="mb-1 text-title font-semibold">Wattledger failed</h1>
          <p className="mb-4 text-muted">
            Nothing was changed, and the ledger is as it was.
            {error.digest && (
              <>
                {' '}
                Name this when you ask: <code>{error.digest}</code>
              </>
            )}
          </p>
          <button
            type="button"
            onClick={retry}
            className="h-8 rounded-control border border-tick bg-surface px-3 text-table font-medium hover:border-ink"
          >
            Retry
          </button>
        </main>
      </body>
    </html>
  )
}
