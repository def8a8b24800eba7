'use client'
import { useRef, useState } from 'react'
import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import { formatCount } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { fetchExplanation } from '../hooks/use-explain'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'
import { grouped, LEDGER_UNIT_NAME } from './exact-text'
import { type Recomputed, recompute } from './recompute'

const unitOf = (answer: ExplainAnswer): string =>
  answer.figure.exact_unit === null ? answer.figure.unit : LEDGER_UNIT_NAME[answer.figure.exact_unit]

const workOf = ({ multiplications, additions }: Recomputed, isQuotient: boolean): string =>
  isQuotient
    ? `one division${additions > 0 ? ` of ${formatCount(additions)} addends` : ''}`
    : multiplications > 0 && additions > 0
      ? `${formatCount(multiplications)} multiplications, ${formatCount(additions)} addends`
      : multiplications > 0
        ? `${formatCount(multiplications)} multiplications`
        : `${formatCount(additions)} addends`

function Verdict({ result, answer }: { result: Recomputed; answer: ExplainAnswer }) {
  const { exact } = answer.figure
  if (result.isEqual)
    return (
      <span className="inline-flex items-center gap-1.5 text-accent">
        <Icon name="check" />
        <span>
          Equal to the last {answer.figure.exact_unit ?? 'digit shown'},{' '}
          {workOf(result, answer.derivation.kind === 'quotient')}
        </span>
      </span>
    )
  return (
    <span className="inline-flex items-center gap-1.5 text-breach">
      <Icon name="breach" />
      <span>
        {exact === null ? 'Not equal' : `Differs from ${grouped(exact)}`} by {result.difference}{' '}
        <UnitText text={unitOf(answer)} />
        {result.fault && `, first at ${result.fault}`}
      </span>
    </span>
  )
}

/** Multiplies what is shown again in this browser, by the ledger's own physics, and adds it up as whole numbers. */
export function RecomputePanel({ org, answer }: { org: string; answer: ExplainAnswer }) {
  const [result, setResult] = useState<Recomputed | null>(null)
  const terms = answer.derivation.kind === 'sum' ? answer.derivation.terms : []
  const further = terms.filter((term): term is ExplainTerm & { address: string } => term.address !== null)
  if (answer.derivation.kind === 'none') return null
  return (
    <div className="mt-4">
      <div className="no-print flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button size={28} onClick={() => setResult(recompute(answer))}>
          Recompute here
        </Button>
        <span
          role="status"
          data-recomputed={result === null ? undefined : String(result.isEqual)}
          className="text-table"
        >
          {result && <Verdict result={result} answer={answer} />}
        </span>
      </div>
      {result && further.length > 0 && <FurtherCheck org={org} terms={further} />}
    </div>
  )
}

/** Each addend recomputed from its own explanation, one after the other. */
function FurtherCheck({ org, terms }: { org: string; terms: readonly (ExplainTerm & { address: string })[] }) {
  const [done, setDone] = useState(0)
  const [fault, setFault] = useState<string | null>(null)
  const [running, setRunning] = useState(false)
  const stopped = useRef(false)
  const run = async () => {
    stopped.current = false
    setRunning(true)
    setFault(null)
    setDone(0)
    for (const [place, term] of terms.entries()) {
      if (stopped.current) break
      const answer = await fetchExplanation(org, term.address).catch(() => null)
      const result = answer && recompute(answer)
      // The addend must follow from its own terms, and be the number that was added here.
      if (!result?.isEqual || answer?.figure.exact !== term.exact) {
        setFault(term.label)
        break
      }
      setDone(place + 1)
    }
    setRunning(false)
  }
  return (
    <div className="no-print mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
      {running ? (
        <Button
          size={26}
          tone="quiet"
          onClick={() => {
            stopped.current = true
          }}
        >
          Stop
        </Button>
      ) : (
        <Button size={26} tone="quiet" onClick={run}>
          Recompute each addend too
        </Button>
      )}
      <span role="status" className={fault ? 'text-breach' : 'text-muted'}>
        {fault
          ? `${fault} does not follow from its terms`
          : done > 0 &&
            `${formatCount(done)} of ${formatCount(terms.length)} addends follow from their own terms${done === terms.length ? ', all equal' : ''}`}
      </span>
    </div>
  )
}
