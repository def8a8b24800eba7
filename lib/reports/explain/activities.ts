import { activityAddress, addressOfTarget, type ExplainTarget } from '@/lib/contracts/explain'
import type { ExplainAnswer, ExplainTerm } from '@/lib/contracts/explain-answer'
import { activityLines } from '@/lib/registry/activity-lines'
import { activitySums, massOfLine } from '@/lib/reports/activity-sums'
import { formatCount, formatPercent } from '@/lib/units/format'
import { figureOf, inWords } from './amounts'
import { BARE } from './answer'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'activities' }>

const WORDS: Record<Target['scope'], { title: string; formula: string; unit: string }> = {
  '1': { title: 'Scope 1', formula: 'Σ activity × factor, of fuels and refrigerants', unit: 'mg CO2e' },
  '3': { title: 'Other Scope 3 lines', formula: 'Σ activity × factor, or as the supplier stated', unit: 'mg CO2e' },
  upstream: { title: 'Upstream of fuels', formula: 'Σ fuel × well-to-tank', unit: 'mg CO2e' },
  biogenic: { title: 'Biogenic CO2, outside the scopes', formula: 'Σ as it was stated', unit: 'mg CO2' },
  primary: { title: 'Primary data of Scope 3 lines', formula: 'Σ stated by suppliers ÷ Σ of all', unit: '' },
}

/** What the band of the Activities page sums: whole lines that touch the days. */
export const explainActivities = async (orgId: string, target: Target): Promise<ExplainAnswer> => {
  const window = { from: target.from, to: target.to }
  const lines = await activityLines(orgId, window)
  const sums = activitySums(lines)
  const words = WORDS[target.scope]
  const bare = {
    ...BARE,
    address: addressOfTarget(target),
    title: words.title,
    context: contextOf(window, {}),
    formula: {
      text: words.formula,
      clause:
        'GHG Protocol Corporate Standard, ch. 6; METHOD §7; whole lines, a statement takes of each the days of its year',
      page: 'activities-and-gases',
      method_versions: [],
    },
  }
  if (target.scope === 'primary') {
    const { primaryMg, scope3Mg, primaryShare } = sums
    return {
      ...bare,
      sentence:
        primaryShare === null
          ? 'No share: no Scope 3 line has a mass'
          : `${formatPercent(primaryShare)} = ${inWords(primaryMg ?? 0n, 'mg')} ÷ ${inWords(scope3Mg, 'mg')}`,
      figure: {
        ...figureOf(null, 'mg'),
        value: formatPercent(primaryShare),
        unit: '',
        number: primaryShare,
        exact_unit: null,
      },
      derivation:
        primaryShare === null || scope3Mg === null
          ? { kind: 'none' }
          : {
              kind: 'quotient',
              // No line stated by a supplier: their sum is nothing, and known to be.
              above: {
                label: 'Stated by suppliers',
                amount: (primaryMg ?? 0n).toString(),
                unit: 'mg CO2e',
                address: null,
              },
              below: {
                label: 'Scope 3 lines',
                amount: scope3Mg.toString(),
                unit: 'mg CO2e',
                address: addressOfTarget({ ...target, scope: '3' }),
              },
              scale: 1,
              of: '',
              pieces: [],
            },
    }
  }
  const { scope } = target
  const exact = { '1': sums.scope1Mg, '3': sums.scope3Mg, upstream: sums.upstreamMg, biogenic: sums.biogenicMg }[scope]
  const terms = lines.flatMap((line): ExplainTerm[] => {
    const mg = massOfLine(line, scope)
    return mg === null
      ? []
      : [
          {
            label: line.name,
            product: { by: 'given' },
            exact: mg.toString(),
            address:
              scope === 'biogenic'
                ? null
                : activityAddress(line.activity_id, scope === 'upstream' ? 'upstream' : 'emissions'),
            count: null,
            note: line.site_name,
          },
        ]
  })
  return {
    ...bare,
    sentence:
      exact === null
        ? 'No figure: no line of these days has one'
        : `${inWords(exact, 'mg')} of ${formatCount(terms.length)} ${terms.length === 1 ? 'line' : 'lines'}`,
    figure: figureOf(exact, 'mg'),
    derivation: { kind: 'sum', of: 'line', terms },
  }
}
