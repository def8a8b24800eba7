'use client'
import { useState } from 'react'
import type { EstimateAnswer } from '@/lib/contracts/estimate'
import { threeFigures } from '@/lib/units/format'
import { ExplainColumn } from '../explain/explain-column'
import { Figure } from '../figures/figure'
import { Button } from '../ui/button'
import { Drawer } from '../ui/drawer'
import { Icon } from '../ui/icon'
import { AssumptionsTable } from './estimate-tables'
import { type EstimatedFigure, estimateTerms } from './estimate-terms'

export interface ExplainEstimateProps {
  answer: EstimateAnswer
  figure: EstimatedFigure
  unitName: string | null
}

/** ƒ of a figure that nothing stores: what it was multiplied from, and what was assumed, in place. No ledger stands behind it. */
export function ExplainEstimate({ answer, figure, unitName }: ExplainEstimateProps) {
  const [open, setOpen] = useState(false)
  const terms = estimateTerms(answer, figure, unitName)
  if (terms === null) return null
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key === 'w' && !event.metaKey && !event.ctrlKey && !event.altKey) setOpen(true)
        }}
        title={`Explain ${terms.title} (w)`}
        aria-label={`Explain ${terms.title}`}
        aria-keyshortcuts="w"
        className="no-print -my-[3px] inline-grid size-6 flex-none place-items-center rounded-[2px] font-serif text-[15px] leading-4 tracking-normal text-accent italic hover:bg-accent-wash"
      >
        ƒ
      </button>
      {open && (
        <Drawer
          title="Explain this number"
          open
          onOpenChange={setOpen}
          foot={<span>Method {answer.method_version}; nothing of it is stored</span>}
        >
          <h2 className="text-meta font-normal text-muted">{terms.title}</h2>
          <Figure
            size="drawer"
            value={threeFigures(terms.value)}
            unit={terms.unit}
            plain="told-here"
            className="mt-1 mb-4"
          />
          <ExplainColumn inputs={terms.inputs} />
          <Again value={terms.value} again={terms.again} />
          <h3 className="mt-6 mb-1 font-semibold">Formula</h3>
          <p className="font-mono text-table">{terms.formula}</p>
          <p className="mt-1 text-meta text-muted">{terms.clause}</p>
          <h3 className="mt-6 mb-1 font-semibold">What was assumed</h3>
          <AssumptionsTable answer={answer} />
        </Drawer>
      )}
    </>
  )
}

function Again({ value, again }: { value: number; again: number | null }) {
  const [pressed, setPressed] = useState(false)
  if (again === null) return null
  // Decimals that were rounded for the wire agree to nine digits.
  const isEqual = Math.abs(again - value) <= 1e-9 * Math.abs(value)
  return (
    <div className="no-print mt-4 flex flex-wrap items-center gap-3">
      <Button size={28} onClick={() => setPressed(true)}>
        Recompute here
      </Button>
      <span role="status" data-recomputed={pressed ? String(isEqual) : undefined} className="text-table">
        {pressed && (
          <span className={`inline-flex items-center gap-1.5 ${isEqual ? 'text-accent' : 'text-breach'}`}>
            <Icon name={isEqual ? 'check' : 'breach'} />
            {isEqual ? 'Equal' : `Differs by ${again - value}`}
          </span>
        )}
      </span>
    </div>
  )
}
