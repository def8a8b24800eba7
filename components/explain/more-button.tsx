'use client'
import { Button } from '../ui/button'

export interface MoreButtonProps {
  /** `40 of 3,680 lines shown` */
  shown: string
  hasMore: boolean
  isLoading: boolean
  isFailed: boolean
  onMore: () => void
}

export function MoreButton({ shown, hasMore, isLoading, isFailed, onMore }: MoreButtonProps) {
  return (
    <p className="no-print mt-2 flex flex-wrap items-center gap-3 text-meta text-muted">
      <span role="status">{isFailed ? 'More could not be read.' : shown}</span>
      {hasMore && (
        <Button size={26} onClick={onMore} disabled={isLoading} aria-busy={isLoading}>
          {isFailed ? 'Retry' : 'Load more'}
        </Button>
      )}
    </p>
  )
}
