import { addressOfTarget, type ExplainTarget } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { type FactorVersion, factorVersions } from '@/lib/rollups/explain-factors'
import { formatInstant, threeFigures } from '@/lib/units/format'
import { STATUS_WORDS } from '../words'
import { BARE } from './answer'

type Target = Extract<ExplainTarget, { kind: 'factor' }>

/** One version of a factor as its source says it; null where the organisation may see no such version. */
export const explainFactor = async (tx: OrgTx, target: Target): Promise<ExplainAnswer | null> => {
  const versions = await factorVersions(tx, target.id)
  const asked = versions.find(({ version }) => version === target.version)
  if (!asked) return null
  const shown = asked.value === null ? 'no published value' : `${threeFigures(asked.value)}\u202f${asked.unit}`
  return {
    ...BARE,
    address: addressOfTarget(target),
    title: asked.name,
    context: [`${asked.id}@${asked.version}`, asked.zone, asked.subject].filter(Boolean).join('; '),
    sentence: `${asked.name}: ${shown}${asked.year === null ? '' : ` for ${asked.year}`}, ${STATUS_WORDS[asked.status] ?? asked.status}, from ${asked.source}`,
    figure: {
      value: asked.value === null ? null : threeFigures(asked.value),
      unit: asked.unit,
      number: asked.value,
      exact: null,
      exact_unit: null,
      interval: asked.value === null || asked.u95 === null ? null : threeFigures(asked.value * asked.u95),
      low: null,
      high: null,
      u95: asked.u95,
    },
    formula: {
      text: 'as published',
      clause: 'A factor is what its source says; it is not derived here',
      page: null,
      method_versions: [],
    },
    revisions: versions.map((one) => ({
      revision: one.version,
      is_current: one.version === versions[0]?.version,
      status: one.status,
      posted_at: one.created_at,
      method_version: null,
      input_sha256: one.sha256,
      exact: null,
      note: one.value === null ? 'no value' : `${threeFigures(one.value)} ${one.unit}`,
    })),
    facts: factsOf(asked),
  }
}

const factsOf = (asked: FactorVersion): ExplainAnswer['facts'] => {
  const fact = (name: string, value: string | null, href: string | null = null) =>
    value === null ? [] : [{ name, value, href }]
  return [
    ...fact('Value, unrounded', asked.value === null ? null : `${asked.value} ${asked.unit}`),
    ...fact('Source', asked.source, asked.source_url),
    ...fact('Licence', asked.licence),
    ...fact('Status', STATUS_WORDS[asked.status] ?? asked.status),
    ...fact('Basis', asked.basis),
    ...fact('Gases', asked.gases),
    ...fact('GWP set', asked.gwp_set),
    ...fact('Note', asked.note),
    ...fact('Owner', asked.is_own ? 'this organisation' : 'shared library'),
    ...fact('In the books since', formatInstant(asked.created_at)),
    ...fact('SHA-256', asked.sha256),
  ]
}
