'use client'
import { type FormEvent, type ReactNode, useState } from 'react'
import {
  CONSOLIDATIONS,
  DEFAULT_SETTINGS,
  GWP_SETS,
  IDLE_RULES,
  type Settings,
  type UncertaintyWidths,
} from '@/lib/contracts/settings'
import { formatCount } from '@/lib/units/format'
import { useEditSettings } from '../hooks/use-settings'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'
import { numberOf } from './number-text'
import { CONSOLIDATION_WORDS, IDLE_WORDS } from './settings-words'
import { WidthsTable, type WidthsTableProps } from './widths-table'

export interface SettingsFormProps {
  org: string
  settings: Settings
  kinds: WidthsTableProps['kinds']
}

const SHOWN = Object.keys(DEFAULT_SETTINGS)
const PAIR = 'grid gap-3.5 @md:grid-cols-2'

const percentText = (share: number | null): string => (share === null ? '' : String(Math.round(share * 1e6) / 1e4))
const shareOf = (text: string): number | null => {
  const percent = numberOf(text.replace('%', ''))
  return percent === null ? null : percent / 100
}
const textsOf = (widths: UncertaintyWidths): Record<string, string> =>
  Object.fromEntries(
    Object.entries(widths).flatMap(([kind, tiers]) =>
      Object.entries(tiers).map(([tier, width]) => [`${kind}.${tier}`, percentText(width ?? null)]),
    ),
  )

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-t border-hairline pt-3">
      <legend className="float-left mb-3 w-full text-meta font-semibold">{title}</legend>
      <div className="clear-both grid gap-3.5">{children}</div>
    </fieldset>
  )
}

/** How the organisation reports; everything is applied when figures are read. */
export function SettingsForm({ org, settings, kinds }: SettingsFormProps) {
  const save = useEditSettings(org)
  const [draft, setDraft] = useState({
    consolidation: settings.consolidation as string,
    gwp_set: settings.gwp_set as string,
    base_year: String(settings.base_year ?? ''),
    recalculation_threshold: percentText(settings.recalculation_threshold),
    target_year: String(settings.target_year ?? ''),
    target_reduction: percentText(settings.target_reduction),
    idle_rule: settings.idle_rule as string,
    cloud_category: String(settings.cloud_category),
    software: settings.software_use_in_category_11 ? 'yes' : 'no',
  })
  const [texts, setTexts] = useState(textsOf(settings.uncertainty))
  const [wrong, setWrong] = useState<Record<string, string>>({})
  const [wrongWidths, setWrongWidths] = useState<string[]>([])
  const field = (name: keyof typeof draft) => ({
    name,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setDraft((now) => ({ ...now, [name]: value }))
    },
    error: wrong[name] ?? issueOf(save.error, name),
    autoComplete: 'off',
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const numbers = {
      base_year: numberOf(draft.base_year),
      recalculation_threshold: shareOf(draft.recalculation_threshold),
      target_year: numberOf(draft.target_year),
      target_reduction: shareOf(draft.target_reduction),
    }
    const bad = Object.entries(numbers).filter(([, value]) => value !== null && Number.isNaN(value))
    const widths: UncertaintyWidths = {}
    const badWidths: string[] = []
    for (const [key, text] of Object.entries(texts)) {
      const width = shareOf(text)
      if (width === null) continue
      if (!(width >= 0 && width <= 5)) {
        badWidths.push(key)
        continue
      }
      const [kind = '', tier = ''] = key.split('.')
      widths[kind] = { ...widths[kind], [tier]: width }
    }
    setWrong(Object.fromEntries(bad.map(([key]) => [key, 'Must be a number, or empty.'])))
    setWrongWidths(badWidths)
    if (bad.length > 0 || badWidths.length > 0) return
    save.mutate({
      consolidation: CONSOLIDATIONS.find((one) => one === draft.consolidation) ?? settings.consolidation,
      gwp_set: GWP_SETS.find((one) => one === draft.gwp_set) ?? settings.gwp_set,
      base_year: numbers.base_year,
      recalculation_threshold: numbers.recalculation_threshold ?? DEFAULT_SETTINGS.recalculation_threshold,
      target_year: numbers.target_year,
      target_reduction: numbers.target_reduction,
      idle_rule: IDLE_RULES.find((one) => one === draft.idle_rule) ?? settings.idle_rule,
      cloud_category: draft.cloud_category === '8' ? 8 : 1,
      software_use_in_category_11: draft.software === 'yes',
      uncertainty: widths,
    })
  }
  const told = save.data
  return (
    <form onSubmit={submit} noValidate className="@container grid gap-5">
      <div className={PAIR}>
        <Select
          label="Consolidation"
          {...field('consolidation')}
          options={CONSOLIDATIONS.map((value) => ({ value, label: CONSOLIDATION_WORDS[value] }))}
        />
        <Select
          label="Warming potentials"
          {...field('gwp_set')}
          options={[
            { value: 'AR6', label: 'AR6 (ESRS)' },
            { value: 'AR5', label: 'AR5' },
          ]}
          help="Refrigerants are computed anew, each as a revision; fuels stay as published"
        />
      </div>
      <Group title="Base year and target">
        <div className={PAIR}>
          <Field
            label="Base year"
            {...field('base_year')}
            inputMode="numeric"
            placeholder="2025"
            help="Empty: none yet"
          />
          <Field
            label="Recalculate above, %"
            {...field('recalculation_threshold')}
            inputMode="decimal"
            help="Cumulative effect of a method, an error or a structure"
          />
          <Field label="Target year" {...field('target_year')} inputMode="numeric" placeholder="2030" />
          <Field
            label="Below the base year, %"
            {...field('target_reduction')}
            inputMode="decimal"
            placeholder="42"
            help="A target is a year and a reduction, or neither"
          />
        </div>
      </Group>
      <Group title="Choices that the standards leave open">
        <div className={PAIR}>
          <Select
            label="Cloud and model APIs"
            {...field('cloud_category')}
            options={[
              { value: '1', label: 'Category 1, purchased services' },
              { value: '8', label: 'Category 8, leased assets' },
            ]}
          />
          <Select
            label="Software on customers’ machines"
            {...field('software')}
            options={[
              { value: 'no', label: 'Shown apart, in no row' },
              { value: 'yes', label: 'Counts in category 11' },
            ]}
          />
          <Select
            label="Idle capacity of a pool"
            {...field('idle_rule')}
            options={IDLE_RULES.map((value) => ({ value, label: IDLE_WORDS[value] }))}
            help="Reserved capacity always goes to who reserved it"
          />
        </div>
      </Group>
      <Group title="Uncertainty, half of the 95 % interval">
        <WidthsTable
          kinds={kinds}
          texts={texts}
          wrong={wrongWidths}
          onChange={(key, text) => setTexts((now) => ({ ...now, [key]: text }))}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button size={26} onClick={() => setTexts({})} disabled={Object.values(texts).every((text) => text === '')}>
            Reset to the defaults
          </Button>
          <p className="text-meta text-muted">An empty box takes the default printed in it. Saved with the rest.</p>
        </div>
        {(wrongWidths.length > 0 || issueOf(save.error, 'uncertainty')) && (
          <p role="alert" className="text-meta text-breach">
            {issueOf(save.error, 'uncertainty') ?? 'A width lies between 0 and 500 %.'}
          </p>
        )}
      </Group>
      {save.error && <FormRefusal error={save.error} shownFields={SHOWN} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" disabled={save.isPending}>
          {save.isPending ? 'Saving' : 'Save settings'}
        </Button>
        <span role="status">
          {told && (
            <Status tone="verified">
              {`Saved; ${
                told.reopened_days === 0
                  ? 'no day had to be posted again'
                  : `${formatCount(told.reopened_days)} days are posted again`
              }${told.revised_activities > 0 ? `, ${formatCount(told.revised_activities)} activity lines revised` : ''}`}
            </Status>
          )}
        </span>
      </div>
    </form>
  )
}
