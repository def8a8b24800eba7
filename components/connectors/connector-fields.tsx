'use client'
import { useId, useState } from 'react'
import { type ConnectorKind, DEFAULT_BASE_URL } from '@/lib/contracts/connectors'
import { deploymentOptions, stageOptions } from '../forms/deployments'
import { Field, FieldFrame, inputClass } from '../ui/field'
import { Select } from '../ui/select'

export interface ConnectorFieldsProps {
  kind: ConnectorKind
  /** As they are stored; of a new connector empty. */
  settings: Record<string, unknown>
  hasSecret: boolean
  errorOf: (name: string) => string | undefined
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

interface LinesProps {
  name: string
  label: string
  help: string
  value: string
  placeholder: string
  error?: string
}

function Lines({ name, label, help, value, placeholder, error }: LinesProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <textarea
        id={id}
        name={name}
        rows={2}
        defaultValue={value}
        placeholder={placeholder}
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-note`}
        className={inputClass(Boolean(error), 'h-auto py-1.5 font-mono text-meta')}
      />
    </FieldFrame>
  )
}

interface ChecksProps {
  legend: string
  name: string
  options: { value: string; label: string }[]
  chosen: unknown[]
  error?: string
}

function Checks({ legend, name, options, chosen, error }: ChecksProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-meta font-medium">{legend}</legend>
      <div className="grid gap-1">
        {options.map(({ value, label }) => (
          <label key={value} className="inline-flex min-h-6 cursor-pointer items-start gap-2 text-table">
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="mt-[3px] size-4 flex-none accent-accent"
            />
            {label}
          </label>
        ))}
      </div>
      {error && <p className="mt-1 text-meta text-breach">{error}</p>}
    </fieldset>
  )
}

function Check({ name, label, checked }: { name: string; label: string; checked: boolean }) {
  return (
    <label className="inline-flex min-h-6 cursor-pointer items-start gap-2 text-table">
      <input type="checkbox" name={name} defaultChecked={checked} className="mt-[3px] size-4 flex-none accent-accent" />
      {label}
    </label>
  )
}

const KEPT = 'One is kept, sealed. Leave empty to keep it'

function Token({ hasSecret, error, label }: { hasSecret: boolean; error?: string; label: string }) {
  return (
    <Field
      label={label}
      name="token"
      type="password"
      autoComplete="off"
      error={error}
      help={hasSecret ? KEPT : 'Sealed at once; nobody can read it back'}
    />
  )
}

function Login({ hasSecret, errorOf }: { hasSecret: boolean; errorOf: ConnectorFieldsProps['errorOf'] }) {
  return (
    <div className="grid gap-3.5 sm:grid-cols-2">
      <Field
        label="User name"
        name="username"
        autoComplete="off"
        error={errorOf('username')}
        help={hasSecret ? KEPT : undefined}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        error={errorOf('password')}
        help={hasSecret ? undefined : 'Sealed at once; nobody can read it back'}
      />
    </div>
  )
}

function ElectricityMapsFields({ settings, hasSecret, errorOf }: ConnectorFieldsProps) {
  return (
    <>
      <Lines
        name="zones"
        label="Zones"
        help="As Electricity Maps writes them, one a line or with commas between"
        value={listOf(settings.zones).join(', ')}
        placeholder="DE, FR, US-CAL-CISO"
        error={errorOf('zones')}
      />
      <Checks
        legend="Kinds of factor"
        name="bases"
        options={[
          { value: 'direct', label: 'Direct: emissions at the plants (Scope 2)' },
          { value: 'lifecycle', label: 'Life cycle: with fuel and building (screening)' },
        ]}
        chosen={settings.bases === undefined ? ['direct'] : listOf(settings.bases)}
        error={errorOf('bases')}
      />
      <Check name="forecast" label="Forecasts too, kept apart from what was" checked={settings.forecast === true} />
      <Token label="API token" hasSecret={hasSecret} error={errorOf('token') ?? errorOf('secret')} />
    </>
  )
}

const regionLines = (regions: unknown): string =>
  listOf(regions)
    .map((one) => {
      const { region, zone } = (one ?? {}) as { region?: unknown; zone?: unknown }
      return `${textOf(region)} = ${textOf(zone)}`
    })
    .join('\n')

function WattTimeFields({ settings, hasSecret, errorOf }: ConnectorFieldsProps) {
  return (
    <>
      <Lines
        name="regions"
        label="Regions, and the zone that each stands for"
        help="One a line. WattTime names regions, the ledger zones"
        value={regionLines(settings.regions)}
        placeholder="CAISO_NORTH = US-CAL-CISO"
        error={errorOf('regions')}
      />
      <Checks
        legend="Signals"
        name="signals"
        options={[
          { value: 'co2_moer', label: 'Marginal (MOER): what one more kWh causes. Kept apart, never posted' },
          { value: 'co2_aoer', label: 'Average (AOER): taken as direct hours of the zone' },
        ]}
        chosen={settings.signals === undefined ? ['co2_moer'] : listOf(settings.signals)}
        error={errorOf('signals')}
      />
      <Check name="forecast" label="Forecasts too, kept apart from what was" checked={settings.forecast === true} />
      <Login
        hasSecret={hasSecret}
        errorOf={(name) => errorOf(name) ?? (name === 'username' ? errorOf('secret') : undefined)}
      />
    </>
  )
}

function GbFields({ settings }: ConnectorFieldsProps) {
  return <Check name="forecast" label="Forecasts too, kept apart from what was" checked={settings.forecast === true} />
}

function MlflowFields({ settings, hasSecret, errorOf }: ConnectorFieldsProps) {
  const [way, setWay] = useState('token')
  return (
    <>
      <Field
        label="Address of the tracking server"
        name="base_url"
        defaultValue={textOf(settings.base_url)}
        placeholder="https://mlflow.example.org"
        autoComplete="off"
        error={errorOf('base_url')}
        help="A private address needs the operator’s leave: OUTBOUND_ALLOWED_HOSTS"
      />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Select
          label="It asks for"
          name="way"
          value={way}
          onChange={(event) => setWay(event.target.value)}
          options={[
            { value: 'token', label: 'a token, or nothing' },
            { value: 'login', label: 'user name and password' },
          ]}
        />
        {way === 'token' && <Token label="Token" hasSecret={hasSecret} error={errorOf('secret')} />}
      </div>
      {way === 'login' && <Login hasSecret={hasSecret} errorOf={errorOf} />}
      <Lines
        name="experiments"
        label="Experiments"
        help="By name, one a line. Empty: all of them"
        value={listOf(settings.experiments).join('\n')}
        placeholder="ranker"
        error={errorOf('experiments')}
      />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Field
          label="Team"
          name="team"
          defaultValue={textOf(settings.team)}
          error={errorOf('team')}
          help="Unless a run has the tag wattledger.team"
        />
        <Field
          label="Model"
          name="model"
          defaultValue={textOf(settings.model)}
          error={errorOf('model')}
          help="Empty: the experiment’s name"
        />
        <Select label="Stage" name="stage" defaultValue={textOf(settings.stage) || 'training'} options={stageOptions} />
        <Select
          label="Deployment"
          name="deployment"
          defaultValue={textOf(settings.deployment)}
          options={[{ value: '', label: 'As the site says' }, ...deploymentOptions]}
          error={errorOf('deployment')}
        />
        <Field label="Site" name="site" defaultValue={textOf(settings.site)} error={errorOf('site')} />
        <Field
          label="Grid zone"
          name="grid_zone"
          defaultValue={textOf(settings.grid_zone)}
          placeholder="DE"
          error={errorOf('grid_zone')}
          help="Empty: the site’s"
        />
      </div>
      <div className="grid gap-1">
        <Check
          name="read_power"
          label="Read GPU power. Off where another sender tells the energy of the same runs"
          checked={settings.read_power !== false}
        />
        <Check
          name="write_back"
          label="Write energy and emissions to the runs as tags"
          checked={settings.write_back === true}
        />
        {hasSecret && <Check name="forget" label="Forget the kept key: the server asks for none" checked={false} />}
      </div>
    </>
  )
}

const FIELDS = {
  'electricity-maps': ElectricityMapsFields,
  watttime: WattTimeFields,
  'gb-carbon-intensity': GbFields,
  mlflow: MlflowFields,
} satisfies Record<ConnectorKind, (props: ConnectorFieldsProps) => React.ReactNode>

const EVERY = [
  { value: '15', label: 'every 15 minutes' },
  { value: '30', label: 'every 30 minutes' },
  { value: '60', label: 'every hour' },
  { value: '360', label: 'every 6 hours' },
  { value: '1440', label: 'once a day' },
]

/** What a kind of connector needs to be told; the rest has a good default. */
export function ConnectorFields(props: ConnectorFieldsProps) {
  const { kind, settings, errorOf } = props
  const Own = FIELDS[kind]
  const every = textOf(settings.every_minutes) || (kind === 'mlflow' ? '15' : '60')
  const options = EVERY.some(({ value }) => value === every)
    ? EVERY
    : [...EVERY, { value: every, label: `every ${every} minutes` }]
  return (
    <>
      <Own {...props} />
      <div className="grid gap-3.5 sm:grid-cols-2">
        <Select label="Fetch" name="every_minutes" defaultValue={every} options={options} />
        {kind !== 'mlflow' && (
          <Field
            label="Address"
            name="base_url"
            defaultValue={textOf(settings.base_url) || DEFAULT_BASE_URL[kind]}
            autoComplete="off"
            error={errorOf('base_url')}
          />
        )}
      </div>
    </>
  )
}
