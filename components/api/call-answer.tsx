'use client'
import { formatCount } from '@/lib/units/format'
import { CodeBlock } from '../forms/code-block'
import { Status } from '../ui/status'
import type { CallAnswer } from './use-call'

/** What the server answered, as it came. */
export function CallAnswerView({ answer }: { answer: CallAnswer }) {
  const { status, statusText, type, ms, requestId, text, size } = answer
  const good = status < 400
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-meta text-muted">
        <Status tone={good ? 'verified' : 'breach'}>{`${status} ${statusText}`.trim()}</Status>
        <span>{type || 'no content'}</span>
        <span>{`${formatCount(size)} B in ${formatCount(ms)} ms`}</span>
        {requestId && <span className="font-mono [overflow-wrap:anywhere]">{requestId}</span>}
      </p>
      {text !== '' && (
        <div className="max-h-105 overflow-y-auto">
          <CodeBlock label="Answer" code={text} />
        </div>
      )}
      {text === '' && size > 0 && (
        <p className="text-meta text-muted">A file that is not text: call it with one of the samples to keep it.</p>
      )}
    </div>
  )
}
