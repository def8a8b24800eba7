'use client'
import type { HardwareCatalogue } from '@/lib/contracts/hardware-catalogue'
import { Field } from '../ui/field'
import { Select, type SelectOption } from '../ui/select'
import type { MlCo2 } from './preset'

const PROVIDER: Record<string, string> = { aws: 'Amazon Web Services', gcp: 'Google Cloud', azure: 'Microsoft Azure' }

export interface StartRowProps {
  catalogue: HardwareCatalogue
  /** With it the pickers hold the tables of ML CO2 Impact. */
  mlCo2: MlCo2 | null
  hardware: string
  count: string
  hours: string
  /** `aws:eu-west-1`, or empty. */
  region: string
  problems: Readonly<Record<string, string>>
  onChange(key: 'hardware' | 'count' | 'hours' | 'cloud_region', text: string): void
}

const devicesOf = ({ catalogue, mlCo2, hardware }: StartRowProps): SelectOption[] => {
  const known: SelectOption[] = mlCo2
    ? mlCo2.devices.map(({ name, watts }) => ({ value: name, label: `${name}, ${watts} W` }))
    : [
        ...catalogue.devices.map((device) => ({
          value: device.name,
          label: device.tdp_w === null ? `${device.name}, power unknown` : `${device.name}, ${device.tdp_w} W`,
        })),
        ...catalogue.instances.map((instance) => ({
          value: instance.name,
          label: `${instance.name}${instance.accelerators ? `, ${instance.accelerators} accelerators` : ''}`,
        })),
      ]
  const none = { value: '', label: 'Not said' }
  return hardware === '' || known.some(({ value }) => value === hardware)
    ? [none, ...known]
    : [none, { value: hardware, label: hardware }, ...known]
}

/** Hardware × hours × provider × region: where an estimate begins. */
export function StartRow(props: StartRowProps) {
  const { catalogue, mlCo2, hardware, count, hours, region, problems, onChange } = props
  const regions = mlCo2
    ? mlCo2.regions.map((one) => ({
        provider: one.provider,
        name: `${one.provider}:${one.region}`,
        label: [one.region, one.place].filter(Boolean).join(', '),
      }))
    : catalogue.regions.map((one) => ({
        provider: one.provider,
        name: one.name,
        label: [one.region, one.location].filter(Boolean).join(', '),
      }))
  const providers = [...new Set(regions.map((one) => one.provider))]
  const provider = region.includes(':') ? (region.split(':')[0] ?? '') : ''
  const first = (of: string) => regions.find((one) => one.provider === of)?.name ?? ''
  return (
    <div className="mb-6 grid grid-cols-2 gap-3.5 @2xl:grid-cols-[minmax(0,2fr)_80px_100px_minmax(0,1.4fr)_minmax(0,2fr)]">
      <Select
        label="Hardware"
        value={hardware}
        onChange={(event) => onChange('hardware', event.target.value)}
        options={devicesOf(props)}
        error={problems.hardware}
        className="@max-2xl:col-span-2"
      />
      <Field
        label="Devices"
        inputMode="decimal"
        autoComplete="off"
        value={count}
        placeholder="1"
        onChange={(event) => onChange('count', event.target.value)}
        error={problems.count}
      />
      <Field
        label="Hours"
        inputMode="decimal"
        autoComplete="off"
        value={hours}
        onChange={(event) => onChange('hours', event.target.value)}
        error={problems.hours}
      />
      <Select
        label="Provider"
        value={provider}
        onChange={(event) => onChange('cloud_region', event.target.value === '' ? '' : first(event.target.value))}
        options={[
          { value: '', label: 'None' },
          ...providers.map((one) => ({ value: one, label: mlCo2?.providers[one] ?? PROVIDER[one] ?? one })),
        ]}
      />
      <Select
        label="Region"
        value={region}
        onChange={(event) => onChange('cloud_region', event.target.value)}
        options={[
          { value: '', label: provider === '' ? 'Own place: give a zone below' : 'Not said' },
          ...regions.filter((one) => one.provider === provider).map((one) => ({ value: one.name, label: one.label })),
        ]}
        error={problems.cloud_region}
      />
    </div>
  )
}
