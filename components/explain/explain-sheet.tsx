'use client'
import Link from 'next/link'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { formatCount } from '@/lib/units/format'
import { Figure } from '../figures/figure'
import { ProvisionalMark } from '../figures/provisional-mark'
import { UnitText } from '../figures/unit-text'
import { grouped, LEDGER_UNIT_NAME } from './exact-text'
import { ExplainColumn } from './explain-column'
import { ExplainFactors } from './explain-factors'
import { ExplainLines, linesWords } from './explain-lines'
import { ExplainPart } from './explain-part'
import { ExplainQuality, ExplainVariance, qualityWords } from './explain-quality'
import { ExplainReadings, readingsWords } from './explain-readings'
import { ExplainAllocations, ExplainFacts, ExplainRevisions } from './explain-register'
import { ExplainTerms, termsWords } from './explain-terms'
import { RecomputePanel } from './recompute-panel'

export interface ExplainSheetProps {
  org: string
  answer: ExplainAnswer
  /** Every layer open, as on the page that is printed. */
  open?: boolean
}

const counted = (count: number, one: string, many = `${one}s`) => `${formatCount(count)} ${count === 1 ? one : many}`

/** The whole explanation: figure, sentence, sum, recomputation, then layer by layer down to raw readings. */
export function ExplainSheet({ org, answer, open }: ExplainSheetProps) {
  const { figure, formula, lines, readings, factors, allocations, revisions, facts, quality } = answer
  const hasQuality = quality.tiers.length > 0 || quality.gaps.length > 0 || quality.known_hours !== null
  return (
    <>
      <h2 className="text-meta font-normal text-muted">
        <span className="block">
          <UnitText text={answer.title} />
        </span>
        <span className="block break-words">{answer.context}</span>
      </h2>
      <Figure
        size="drawer"
        value={figure.value}
        unit={figure.unit}
        interval={figure.interval}
        why={answer.sentence}
        plain="told-here"
        className="mt-1 whitespace-normal"
      />
      {figure.exact !== null && figure.exact_unit !== null && (
        <p className="text-meta text-muted" data-explained-exact={figure.exact}>
          exactly {grouped(figure.exact)} <UnitText text={LEDGER_UNIT_NAME[figure.exact_unit]} />
        </p>
      )}
      {answer.provisional && <ProvisionalMark />}
      <p className="mt-3 mb-4 text-[15px] leading-6">
        <UnitText text={answer.sentence} />
      </p>
      {answer.inputs.length > 0 && <ExplainColumn inputs={answer.inputs} />}
      <RecomputePanel org={org} answer={answer} />
      <ExplainVariance answer={answer} />
      <div className="mt-6">
        <ExplainPart title="Formula" meta={formula.method_versions.join(', ')} open={open}>
          <p className="font-serif text-[15px] leading-6">{formula.text}</p>
          <p className="mt-1 text-meta text-muted">{formula.clause}</p>
          {formula.page && (
            <p className="mt-1 text-meta">
              <Link href={`/o/${org}/methodology/${formula.page}`}>The formula, its symbols and a worked example</Link>
            </p>
          )}
        </ExplainPart>
        {answer.derivation.kind !== 'none' && (
          <ExplainPart title="Terms, exact" meta={termsWords(answer.derivation)} open={open}>
            <ExplainTerms answer={answer} />
          </ExplainPart>
        )}
        {factors.length > 0 && (
          <ExplainPart title="Factor versions" meta={counted(factors.length, 'version')} open={open}>
            <ExplainFactors factors={factors} />
          </ExplainPart>
        )}
        {lines && (
          <ExplainPart title="Ledger lines" meta={linesWords(lines)} open>
            <ExplainLines org={org} answer={answer} lines={lines} />
          </ExplainPart>
        )}
        {readings && (
          <ExplainPart title="Raw readings" meta={readingsWords(readings)} open>
            <ExplainReadings org={org} answer={answer} readings={readings} />
          </ExplainPart>
        )}
        {hasQuality && (
          <ExplainPart title="Data quality" meta={qualityWords(quality)} open={open}>
            <ExplainQuality answer={answer} />
          </ExplainPart>
        )}
        {allocations.length > 0 && (
          <ExplainPart title="Instruments" meta={counted(allocations.length, 'allocation line')} open={open}>
            <ExplainAllocations allocations={allocations} />
          </ExplainPart>
        )}
        {revisions.length > 0 && (
          <ExplainPart title="Revisions" meta={counted(revisions.length, 'revision')} open={open}>
            <ExplainRevisions answer={answer} />
          </ExplainPart>
        )}
        {facts.length > 0 && (
          <ExplainPart
            title="Record"
            meta={answer.address.split('?')[0]}
            open={open ?? answer.derivation.kind === 'none'}
          >
            <ExplainFacts facts={facts} />
          </ExplainPart>
        )}
      </div>
    </>
  )
}
