import { METHOD_VERSION } from '@/lib/accounting/entries'
import { asPercent } from '@/lib/units/measure'
import { CONTRADICTIONS, DISAGREEMENTS, differenceOf, type Result, results } from './results'

/** Six significant figures: more than any case asks for by eye, and the same on every machine. */
const figure = (amount: number | null | undefined): string =>
  amount === null || amount === undefined ? '–' : String(Number(amount.toPrecision(6)))

const difference = (ours: number | null, expected: number): string => {
  if (ours === null) return '–'
  if (expected === 0) return figure(ours)
  const share = asPercent(differenceOf(ours, expected))
  return Math.abs(share) < 5e-7 ? '0' : `${share > 0 ? '+' : '−'}${Number(Math.abs(share).toPrecision(2))} %`
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim()

const row = (each: Result, first: boolean): string =>
  [
    first ? `**${each.case.id}** ${cell(each.case.title)}` : '',
    `${each.figure}, ${cell(each.unit)}`,
    figure(each.expected),
    figure(each.formula),
    figure(each.estimate),
    difference(each.formula, each.expected),
    each.tolerance === 0 ? 'exact' : `±${Number(asPercent(each.tolerance).toPrecision(3))} %`,
    each.status,
    first ? `${cell(each.case.source)} (${each.case.status})` : '',
  ].join(' | ')

const HEADER = [
  'case | figure | expected | formula | estimate | difference | tolerance | status | source',
  '--- | --- | --: | --: | --: | --: | --: | --- | ---',
]

const rowsOf = (all: Result[]): string[] => all.map((each, i) => row(each, all[i - 1]?.case.id !== each.case.id))
const lines = (rows: string[]): string => [...HEADER, ...rows].map((text) => `| ${text} |`).join('\n')

/** docs/method/accuracy.md, whole. */
export const accuracyPage = (): string => {
  const all = results()
  const within = all.filter(({ status }) => status === 'within').length
  const estimated = all.filter(({ estimate }) => estimate !== undefined).length
  const cases = new Set(all.map((each) => each.case.id)).size
  return `# Accuracy: published cases

Method version \`${METHOD_VERSION}\` · code \`scripts/accuracy\`, \`lib/accounting/golden/cases.json\` · written by \`node scripts/run-ts.mjs
scripts/accuracy-table.ts\`; a test fails when this page is not what that command writes

${cases} cases, ${all.length} figures: ${within} within the tolerance of their case, ${all.length - within} listed below with both numbers. ${estimated} of them also by
\`POST /api/v1/estimate\`'s own function, entered as published. Each case is renamed into the inputs of the formulas that the product itself uses; the adapters
hold no arithmetic, which a test reads out of their source.

*Expected* is the published or constructed figure, *formula* the core's, *estimate* the estimate's (– where it has no such output), *difference* formula ÷ expected − 1.

${lines(rowsOf(all))}

## Figures that do not follow from their own inputs

${Object.entries(CONTRADICTIONS)
  .map(([name, why]) => `* **${name}**: ${why}.`)
  .join('\n')}

| case | printed | what its inputs give | why |
| --- | --- | --- | --- |
${DISAGREEMENTS.map(({ id, printed, followed, why }) => `| ${id} | ${cell(printed)} | ${cell(followed)} | ${cell(why)} |`).join('\n')}

**Limits.** HR-01 … HR-06, HR-08 and HR-09 take their mean intensities as inputs here; where the hourly files lie beside the checkout,
\`scripts/accuracy/hourly.test.ts\` takes them again from the hours, and says so when it cannot. A case of status *recalled* was not read at its source.
`
}
