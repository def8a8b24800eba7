'use client'
import { type FormEvent, useId, useState } from 'react'
import type { ServerEstimate, ServerParts } from '@/lib/contracts/assets'
import { threeFigures } from '@/lib/units/format'
import { UnitText } from '../figures/unit-text'
import { useServerEstimate } from '../hooks/use-assets'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { numberOf } from './asset-draft'
import { issueOf } from './call-api'
import { FormRefusal } from './form-refusal'

export interface BottomUpCalculatorProps {
  org: string
  onUse: (estimate: ServerEstimate) => void
}

type PartName = Exclude<keyof ServerParts, 'case'>

/** What a two-socket server of today has; every number can be changed. */
const START: Record<PartName, string> = {
  cpus: '2',
  cpu_cores: '28',
  cpu_mm2_per_core: '24.5',
  ram_modules: '12',
  ram_gb_per_module: '32',
  ram_gb_per_cm2: '1.79',
  ssds: '2',
  ssd_gb_each: '1920',
  ssd_gb_per_cm2: '50.6',
  hdds: '0',
  psus: '2',
  psu_kg_each: '2.99',
  gpus: '0',
  gpu_kg_each: '0',
}

const GROUPS: readonly (readonly { name: PartName; label: string }[])[] = [
  [
    { name: 'cpus', label: 'CPUs' },
    { name: 'cpu_cores', label: 'Cores each' },
    { name: 'cpu_mm2_per_core', label: 'Die, mm² a core' },
  ],
  [
    { name: 'ram_modules', label: 'Memory modules' },
    { name: 'ram_gb_per_module', label: 'Each, GB' },
    { name: 'ram_gb_per_cm2', label: 'Density, GB/cm²' },
  ],
  [
    { name: 'ssds', label: 'SSDs' },
    { name: 'ssd_gb_each', label: 'Each, GB' },
    { name: 'ssd_gb_per_cm2', label: 'Density, GB/cm²' },
  ],
  [
    { name: 'hdds', label: 'Hard disks' },
    { name: 'psus', label: 'Power supplies' },
    { name: 'psu_kg_each', label: 'Each, kg of mass' },
  ],
  [
    { name: 'gpus', label: 'Accelerators' },
    { name: 'gpu_kg_each', label: 'Each, kg CO₂e' },
  ],
]

const COLUMNS: Column[] = [
  { key: 'part', label: 'Part' },
  { key: 'kg', label: '', unit: 'kg CO2e', align: 'right', plain: 'told-here' },
  { key: 'how', label: 'How', width: 'wide' },
]

const rowsOf = (estimate: ServerEstimate): Row[] =>
  estimate.parts.map(({ part, kg, formula, factors }) => {
    const coefficients = factors.map(({ name, value, unit }) => `${name} ${value} ${unit}`).join(', ')
    const how = coefficients ? `${formula}; ${coefficients}` : formula
    return {
      id: part,
      cells: {
        part,
        kg,
        how: { text: how, node: <span className="block py-1.5 text-meta whitespace-normal text-ink-2">{how}</span> },
      },
    }
  })

/** A server taken apart (METHOD §4, Boavizta): the sum fills the form, with the coefficient rows that it was made of. */
export function BottomUpCalculator({ org, onUse }: BottomUpCalculatorProps) {
  const estimate = useServerEstimate(org)
  const [parts, setParts] = useState(START)
  const [shell, setShell] = useState<ServerParts['case']>('rack')
  const [wrong, setWrong] = useState<PartName | null>(null)
  const formId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const numbers = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, numberOf(text)]))
    const missing = GROUPS.flat().find(({ name }) => numbers[name] === null || Number.isNaN(numbers[name]))
    setWrong(missing?.name ?? null)
    // Guaranteed by the check before: each is a number.
    if (!missing) estimate.mutate({ ...(numbers as Record<PartName, number>), case: shell })
  }
  const made = estimate.data
  return (
    <form id={formId} onSubmit={submit} noValidate className="grid gap-3">
      {GROUPS.map((group) => (
        <div key={group[0]?.name} className="grid grid-cols-3 items-end gap-3">
          {group.map(({ name, label }) => (
            <Field
              key={name}
              label={label}
              inputMode="decimal"
              autoComplete="off"
              value={parts[name]}
              onChange={(event) => setParts({ ...parts, [name]: event.currentTarget.value })}
              error={wrong === name ? 'A number, please' : issueOf(estimate.error, name)}
            />
          ))}
          {group[0]?.name === 'gpus' && (
            <Select
              label="Case"
              value={shell}
              onChange={(event) => setShell(event.currentTarget.value as ServerParts['case'])}
              options={[
                { value: 'rack', label: 'Rack' },
                { value: 'blade', label: 'Blade' },
                { value: 'none', label: 'None' },
              ]}
            />
          )}
        </div>
      ))}
      {estimate.error && <FormRefusal error={estimate.error} shownFields={GROUPS.flat().map(({ name }) => name)} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" size={28} disabled={estimate.isPending}>
          {estimate.isPending ? 'Adding up' : 'Add up the parts'}
        </Button>
        {made && made.embodied_kg !== null && (
          <>
            <span role="status" className="font-medium tabular-nums">
              {threeFigures(made.embodied_kg)} <UnitText text="kg CO2e" /> a unit
            </span>
            <Button size={28} onClick={() => onUse(made)}>
              Use this value
            </Button>
          </>
        )}
      </div>
      {made && (
        <DataTable
          caption="Embodied carbon by part"
          columns={COLUMNS}
          rows={rowsOf(made)}
          total={{ id: 'total', cells: { part: 'One unit', kg: made.embodied_kg, how: null } }}
          sortable={false}
          density={28}
        />
      )}
    </form>
  )
}
