import type { ReactNode } from 'react'
import { CopyId } from '@/components/ui/copy-id'
import { Panel, type Span } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import { GWP_SETS } from '@/lib/factors/factor-kinds'
import type { FactorDetail, FactorVersion } from '@/lib/rollups/factor-detail'
import { basisWords, isFirm, statusWords, validityWords } from '../_shared/words'

const isWeb = (address: string): boolean => /^https?:\/\//.test(address)

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-x-4 border-b border-hairline py-1.5 text-table">
      <dt className="text-muted">{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}

/** Where the number comes from, what it is of and under which terms it may be used. */
export function TermsPanel({ detail, version, span }: { detail: FactorDetail; version: FactorVersion; span: Span }) {
  const valid = validityWords(version)
  return (
    <Panel span={span} title="Source and terms" meta="As the publisher states them">
      <dl>
        <Line term="Source">{version.source}</Line>
        {version.source_url && isWeb(version.source_url) && (
          <Line term="Address">
            <a href={version.source_url} target="_blank" rel="noreferrer noopener">
              {new URL(version.source_url).hostname}
            </a>
          </Line>
        )}
        <Line term="Licence">{version.licence ?? <span className="text-muted">Not known</span>}</Line>
        <Line term="Status">
          <Status tone={isFirm(version.status) ? 'plain' : 'warn'}>{statusWords(version.status)}</Status>
        </Line>
        {detail.zone && <Line term="Place">{detail.zone}</Line>}
        {detail.subject && detail.subject !== detail.zone && <Line term="Of">{detail.subject}</Line>}
        {valid && <Line term="Valid">{valid}</Line>}
        {version.basis && <Line term="Basis">{basisWords(version.basis)}</Line>}
        {version.gases && <Line term="Gases">{version.gases}</Line>}
        {version.gwp_set && GWP_SETS.some((set) => set === version.gwp_set) && (
          <Line term="GWP set">{`${version.gwp_set}, 100 years`}</Line>
        )}
        {version.note && <Line term="Note">{version.note}</Line>}
        <Line term="Id">
          <CopyId id={`${detail.factor_id}@${version.version}`} />
        </Line>
        <Line term="SHA-256">
          <CopyId id={version.sha256} short={`${version.sha256.slice(0, 12)}…`} />
        </Line>
      </dl>
    </Panel>
  )
}
