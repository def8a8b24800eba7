'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { AssetFields, ServerEstimate } from '@/lib/contracts/assets'
import { formatCount } from '@/lib/units/format'
import { useSaveAsset } from '../hooks/use-assets'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Panel, PanelGrid } from '../ui/panel'
import { Select } from '../ui/select'
import { Status } from '../ui/status'
import { type AssetDraft, draftOf, EMPTY_DRAFT, fieldsOfDraft } from './asset-draft'
import { BASIS_WORDS, KIND_WORDS, optionsOf, RETIREMENT_WORDS } from './asset-words'
import { BottomUpCalculator } from './bottom-up-calculator'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

/** A product of the factor library that can fill the form. */
export interface LibraryOption {
  id: string
  version: number
  name: string
  embodied_kg: number
  basis: NonNullable<AssetFields['embodied_basis']>
  source: string
  u95: number | null
  is_recalled: boolean
  tdp_w: number | null
  peak_tflops: number | null
}

export interface AssetEditorProps {
  org: string
  /** Null for a new one. */
  assetId: string | null
  initial: Partial<AssetFields>
  sites: readonly { slug: string; name: string }[]
  /** Names that senders give with their readings. */
  hardwareNames: readonly string[]
  library: readonly LibraryOption[]
}

const labelOf = ({ name, embodied_kg, basis, is_recalled }: LibraryOption): string =>
  `${name}: ${embodied_kg} kg, ${BASIS_WORDS[basis].toLowerCase()}${is_recalled ? ', unverified' : ''}`

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-3.5 border-t border-hairline pt-3">
      <legend className="float-left mb-3 w-full text-meta font-semibold">{title}</legend>
      {children}
    </fieldset>
  )
}

const PAIR = 'grid grid-cols-1 gap-3.5 @md:grid-cols-2'
const THREE = 'grid grid-cols-1 gap-3.5 @md:grid-cols-3'

/** All of an asset; the embodied value is typed, taken from the library, or added up from parts. */
export function AssetEditor({ org, assetId, initial, sites, hardwareNames, library }: AssetEditorProps) {
  const save = useSaveAsset(org, assetId)
  const [draft, setDraft] = useState<AssetDraft>({ ...EMPTY_DRAFT, ...draftOf(initial as AssetFields) })
  const [noNumbers, setNoNumbers] = useState<readonly string[]>([])
  const [picked, setPicked] = useState('')
  const [fromParts, setFromParts] = useState(false)
  const listId = useId()
  const change = (part: Partial<AssetDraft>) => setDraft((now) => ({ ...now, ...part }))
  const shown = Object.keys(EMPTY_DRAFT)
  const field = (name: keyof AssetDraft) => ({
    name,
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: noNumbers.includes(name) ? 'must be a number, or empty' : issueOf(save.error, name),
    autoComplete: 'off',
  })
  const pick = (label: string) => {
    setPicked(label)
    const option = library.find((one) => labelOf(one) === label)
    if (!option) return
    change({
      embodied_kg: String(option.embodied_kg),
      embodied_basis: option.basis,
      embodied_source: option.source.slice(0, 200),
      embodied_factor: `${option.id}@${option.version}`,
      embodied_u95: option.u95 === null ? '' : String(option.u95),
      ...(option.tdp_w === null || draft.tdp_w !== '' ? {} : { tdp_w: String(option.tdp_w) }),
      ...(option.peak_tflops === null || draft.peak_tflops !== '' ? {} : { peak_tflops: String(option.peak_tflops) }),
    })
  }
  const useParts = (estimate: ServerEstimate) =>
    change({
      embodied_kg: estimate.embodied_kg === null ? '' : String(Math.round(estimate.embodied_kg * 10) / 10),
      embodied_basis: 'bottom-up',
      embodied_source: `Bottom-up from ${estimate.parts.length} parts (${estimate.source})`.slice(0, 200),
      embodied_factor: '',
      embodied_u95: '0.6',
    })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { fields, noNumbers: wrong } = fieldsOfDraft(draft)
    setNoNumbers(wrong)
    if (wrong.length === 0) save.mutate(fields)
  }
  return (
    <PanelGrid>
      <Panel
        span={7}
        title={assetId === null ? 'What was bought' : 'What is entered'}
        meta="Empty is unknown and never 0. Changes are in the audit trail"
      >
        <form onSubmit={submit} noValidate className="@container grid gap-5">
          <div className="grid gap-3.5">
            <div className={PAIR}>
              <Field label="Name" {...field('name')} required maxLength={200} placeholder="H100 servers, hall A" />
              <Field
                label="Hardware"
                {...field('hardware')}
                required
                maxLength={200}
                list={`${listId}-hardware`}
                placeholder="H100-SXM5-80GB"
                help="As senders name it with their readings: workloads find the asset by it"
              />
              <datalist id={`${listId}-hardware`}>
                {hardwareNames.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </div>
            <div className={PAIR}>
              <Select label="Kind" {...field('kind')} options={optionsOf(KIND_WORDS)} />
              <Select
                label="Site"
                {...field('site')}
                options={[
                  { value: '', label: 'No site' },
                  ...sites.map(({ slug, name }) => ({ value: slug, label: name })),
                ]}
              />
            </div>
            <div className={PAIR}>
              <Field label="Units" {...field('units')} inputMode="numeric" required />
              <Field
                label="Devices in a unit"
                {...field('devices_per_unit')}
                inputMode="numeric"
                help="8 for an eight-GPU server with the server’s embodied value"
              />
            </div>
          </div>
          <Group title="Life">
            <div className={PAIR}>
              <Field
                label="Purchased on"
                type="date"
                {...field('purchased_on')}
                required
                help="Category 2 of its year, whole"
              />
              <Field label="In service from" type="date" {...field('in_service_on')} required />
            </div>
            <div className={THREE}>
              <Field label="Expected life, years" {...field('life_years')} inputMode="decimal" />
              <Field
                label="Planned use, 0 to 1"
                {...field('planned_use')}
                inputMode="decimal"
                help="1 shows idle hours as such"
              />
              <Select
                label="Bought used"
                {...field('is_second_life')}
                options={[
                  { value: 'no', label: 'New' },
                  { value: 'yes', label: 'Second life' },
                ]}
                help="Then its embodied value is what was left"
              />
            </div>
            <div className={PAIR}>
              <Field label="Retired on" type="date" {...field('retired_on')} help="First day without service" />
              <Select
                label="What became of it"
                {...field('retirement')}
                options={[{ value: '', label: 'Still in service' }, ...optionsOf(RETIREMENT_WORDS)]}
              />
            </div>
          </Group>
          <Group title="Embodied carbon of one unit, cradle to gate">
            <div>
              <Field
                label="From the factor library"
                value={picked}
                onChange={(event) => pick(event.currentTarget.value)}
                list={`${listId}-library`}
                placeholder="Type a product: H100 SXM, PowerEdge R740, EPYC"
                help={`${formatCount(library.length)} products: footprints, then bottom-up, then category defaults; unverified ones last`}
                autoComplete="off"
              />
              <datalist id={`${listId}-library`}>
                {library.map((option) => (
                  <option key={option.id} value={labelOf(option)} />
                ))}
              </datalist>
            </div>
            <div className={THREE}>
              <Field label="kg CO₂e a unit" {...field('embodied_kg')} inputMode="decimal" placeholder="unknown" />
              <Select
                label="Basis"
                {...field('embodied_basis')}
                options={[{ value: '', label: 'Not said' }, ...optionsOf(BASIS_WORDS)]}
              />
              <Field
                label="±, as a share"
                {...field('embodied_u95')}
                inputMode="decimal"
                placeholder="0.3"
                help="Half of the 95 % interval"
              />
            </div>
            <Field
              label="Source"
              {...field('embodied_source')}
              maxLength={200}
              placeholder="Maker’s product footprint, March 2026"
            />
            {draft.embodied_factor !== '' && (
              <p className="flex flex-wrap items-center gap-2 text-meta text-muted">
                Factor <code className="font-mono text-ink">{draft.embodied_factor}</code>
                <Button size={26} tone="quiet" onClick={() => change({ embodied_factor: '' })}>
                  Unlink
                </Button>
              </p>
            )}
          </Group>
          <Group title="One device">
            <div className={THREE}>
              <Field label="TDP, W" {...field('tdp_w')} inputMode="decimal" />
              <Field label="Idle, W" {...field('idle_w')} inputMode="decimal" />
              <Field label="Peak, TFLOP/s dense" {...field('peak_tflops')} inputMode="decimal" />
            </div>
            <div className={PAIR}>
              <Field label="Mass of a unit, kg" {...field('mass_kg')} inputMode="decimal" help="For its end of life" />
              <Field label="Note" {...field('note')} maxLength={200} />
            </div>
          </Group>
          {save.error && <FormRefusal error={save.error} shownFields={shown} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" tone={assetId === null ? 'primary' : 'secondary'} disabled={save.isPending}>
              {save.isPending ? 'Saving' : assetId === null ? 'Add asset' : 'Save asset'}
            </Button>
            <span role="status">
              {save.isSuccess && (
                <Status tone="verified">
                  {save.data.reopened_days === 0
                    ? 'Saved; no day had to be posted again'
                    : `Saved; ${formatCount(save.data.reopened_days)} days are posted again`}
                </Status>
              )}
            </span>
          </div>
        </form>
      </Panel>
      <Panel
        span={5}
        title="A server from its parts"
        meta="For a server without a published footprint. Without end of life; coefficients of the factor library"
        tools={
          <Button size={26} aria-expanded={fromParts} onClick={() => setFromParts(!fromParts)}>
            {fromParts ? 'Hide' : 'Open'}
          </Button>
        }
      >
        {fromParts ? (
          <BottomUpCalculator org={org} onUse={useParts} />
        ) : (
          <p className="max-w-[60ch] text-ink-2">
            CPU dies, memory, SSDs, power supplies, board and case are added up; the sum fills the embodied value with
            the basis bottom-up.
          </p>
        )}
      </Panel>
    </PanelGrid>
  )
}
