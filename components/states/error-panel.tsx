'use client'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { CopyId } from '../ui/copy-id'
import { Icon } from '../ui/icon'

export interface ErrorPanelProps {
  /** What failed, in words: `The run could not be read.` */
  words: string
  /** Last good value with its time, or what is safe. */
  detail?: ReactNode
  requestId?: string
  onRetry?: () => void
}

export function ErrorPanel({ words, detail, requestId, onRetry }: ErrorPanelProps) {
  return (
    <div role="alert" className="py-3">
      <p className="mb-2 flex items-start gap-1.5">
        <Icon name="breach" className="mt-0.5 text-breach" />
        {words}
      </p>
      {(detail || requestId) && (
        <p className="mb-2 flex flex-wrap items-center gap-x-2 text-meta text-muted">
          {detail}
          {requestId && <CopyId id={requestId} />}
        </p>
      )}
      {onRetry && (
        <Button size={26} onClick={onRetry}>
          Retry
        </Button>
      )}
    </div>
  )
}
