import {
  type OwnRule,
  SAID_FIELDS,
  type SaidField,
  type SourceMapping,
  sourceMappingSchema,
} from '@/lib/contracts/mapping'

/** A mapping as it is typed: lists are texts with commas, numbers are texts. */
export interface RuleDraft {
  is: OwnRule['is']
  metric: string
  kind: string
  unit: string
  boundary: string
  component: string
  meter: string
  device: string
  level: string
  preference: string
  onlyLabel: string
  onlyValues: string
}
export interface MappingDraft {
  labels: Record<SaidField, string>
  defaults: Record<DefaultField, string>
  owner: SourceMapping['owner']
  rules: RuleDraft[]
  leaveOut: string
}

export const DEFAULT_FIELDS = ['site', 'team', 'model', 'stage', 'deployment', 'zone', 'pue'] as const
export type DefaultField = (typeof DEFAULT_FIELDS)[number]

export const BLANK_RULE: RuleDraft = {
  ...{ is: 'energy', metric: '', kind: 'counter', unit: 'J', boundary: 'it', component: '', meter: '', device: '' },
  ...{ level: 'machine', preference: '90', onlyLabel: '', onlyValues: '' },
}

const listOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
const textOf = (list: readonly string[] | undefined): string => (list ?? []).join(', ')

const ruleDraft = (rule: OwnRule): RuleDraft => ({
  ...BLANK_RULE,
  ...{ is: rule.is, metric: rule.metric, unit: rule.unit },
  ...{ onlyLabel: rule.only?.label ?? '', onlyValues: textOf(rule.only?.values) },
  ...(rule.is === 'energy' && {
    ...{ kind: rule.kind, boundary: rule.boundary, component: rule.component ?? '', meter: textOf(rule.meter) },
    ...{ device: rule.device ?? '', level: rule.level, preference: String(rule.preference) },
  }),
})

export const draftOf = (mapping: SourceMapping): MappingDraft => ({
  labels: Object.fromEntries(
    SAID_FIELDS.map((field) => [field, textOf(mapping.labels[field])]),
  ) as MappingDraft['labels'],
  defaults: Object.fromEntries(
    DEFAULT_FIELDS.map((field) => [field, String(mapping.defaults[field] ?? '')]),
  ) as MappingDraft['defaults'],
  owner: mapping.owner,
  rules: mapping.rules.map(ruleDraft),
  leaveOut: mapping.leaveOut.join('\n'),
})

const ruleOf = (draft: RuleDraft): unknown => {
  const only =
    draft.onlyLabel.trim() === '' ? {} : { only: { label: draft.onlyLabel, values: listOf(draft.onlyValues) } }
  const { is, metric, unit } = draft
  return is === 'delivery'
    ? { is, metric, unit, ...only }
    : {
        ...{ is, metric, unit, kind: draft.kind, boundary: draft.boundary, level: draft.level, ...only },
        component: draft.component === '' ? null : draft.component,
        meter: listOf(draft.meter),
        device: draft.device.trim() === '' ? null : draft.device,
        preference: Number(draft.preference),
      }
}

/** What is typed → a mapping, or what is wrong with it, by place. */
export const mappingOf = (draft: MappingDraft) =>
  sourceMappingSchema.safeParse({
    labels: Object.fromEntries(
      SAID_FIELDS.map((field) => [field, listOf(draft.labels[field])] as const).filter(([, list]) => list.length > 0),
    ),
    defaults: Object.fromEntries(
      DEFAULT_FIELDS.flatMap((field) => {
        const text = draft.defaults[field].trim()
        return text === '' ? [] : [[field, field === 'pue' ? Number(text.replace(',', '.')) : text]]
      }),
    ),
    owner: draft.owner,
    rules: draft.rules.map(ruleOf),
    leaveOut: listOf(draft.leaveOut),
  })
