import type { ReactNode } from 'react'
import { cx } from '../ui/cx'

export interface DeltaProps {
  /** Direction of the change; decides the arrow and the hidden word. */
  direction: 'up' | 'down' | 'none'
  /** Formatted without sign: `12 %`, `0.021`. */
  amount: string
  /** What it is compared with, or the word that finishes the sentence: `on FY2025`. */
  words?: ReactNode
  withinUncertainty?: boolean
  breach?: boolean
}

const ARROW = { up: '▲', down: '▼', none: '' } as const
const WORD = { up: 'up', down: 'down', none: 'unchanged' } as const

/** Arrow, amount, words. Colour only when a limit is broken: less is not "good" by itself. */
export function Delta({ direction, amount, words, withinUncertainty, breach }: DeltaProps) {
  return (
    <span className="text-meta text-muted">
      <span className={cx('whitespace-nowrap', breach && 'text-breach')}>
        <span aria-hidden="true">{ARROW[direction]}</span>
        <span className="sr-only">{WORD[direction]} </span>
        {direction === 'none' ? amount : `\u202f${amount}`}
      </span>
      {words && <> {words}</>}
      {withinUncertainty && (
        <>
          , <b className="font-medium text-ink">within uncertainty</b>
        </>
      )}
    </span>
  )
}
