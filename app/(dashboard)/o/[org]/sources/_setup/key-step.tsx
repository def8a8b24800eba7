'use client'
import Link from 'next/link'
import { useState } from 'react'
import { CreateKeyDialog } from '@/components/forms/create-key-dialog'
import { Button } from '@/components/ui/button'

/** A key is made where it is needed; its secret is shown once, in its own dialog. */
export function KeyStep({ org, refusal }: { org: string; refusal?: string }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Button onClick={() => setIsOpen(true)} disabledReason={refusal}>
          Make an API key
        </Button>
        <span className="text-meta text-muted">
          Scope <b className="font-medium text-ink">ingest</b> is all that a sender needs.{' '}
          <Link href={`/o/${org}/keys`}>Keys that exist</Link>
        </span>
      </div>
      {isOpen && <CreateKeyDialog org={org} onClose={() => setIsOpen(false)} />}
    </>
  )
}
