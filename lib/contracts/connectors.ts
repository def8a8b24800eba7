import { z } from 'zod'
import { deploymentSchema, nameSchema, pueSchema, stageSchema, zoneSchema } from './common'
import { BASES } from './grid'

/** What we fetch from others by ourselves, and what is set for it. Secrets go in and never come out. */

export const CONNECTOR_KINDS = ['electricity-maps', 'watttime', 'gb-carbon-intensity', 'mlflow'] as const
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number]

export const WATTTIME_SIGNALS = ['co2_aoer', 'co2_moer'] as const

export const DEFAULT_BASE_URL = {
  'electricity-maps': 'https://api.electricitymaps.com/v3',
  watttime: 'https://api.watttime.org',
  'gb-carbon-intensity': 'https://api.carbonintensity.org.uk',
  mlflow: '',
} as const satisfies Record<ConnectorKind, string>

const baseUrlSchema = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://mlflow.example.org' })
  .max(300)
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'must not carry a user name or password')
  .refine((text) => !/[?#]/.test(text), 'must not carry a query')
  .transform((text) => text.replace(/\/+$/, ''))

const everyMinutes = (usual: number) => z.number().int().min(5).max(1440).default(usual)
const unique = <T>(list: T[], keyOf: (one: T) => string) => new Set(list.map(keyOf)).size === list.length

export const electricityMapsSettingsSchema = z.strictObject({
  base_url: baseUrlSchema.default(DEFAULT_BASE_URL['electricity-maps']),
  zones: z
    .array(zoneSchema)
    .min(1, 'name at least one zone')
    .max(100)
    .refine((zones) => unique(zones, (zone) => zone.toUpperCase()), 'names a zone twice'),
  bases: z.array(z.enum(BASES)).min(1, 'choose at least one kind of factor').max(2).default(['direct']),
  forecast: z.boolean().default(false),
  every_minutes: everyMinutes(60),
})
export type ElectricityMapsSettings = z.infer<typeof electricityMapsSettingsSchema>

export const wattTimeSettingsSchema = z.strictObject({
  base_url: baseUrlSchema.default(DEFAULT_BASE_URL.watttime),
  /** WattTime names regions, the ledger zones: which one stands for which is said here. */
  regions: z
    .array(
      z.strictObject({
        region: z
          .string()
          .trim()
          .regex(/^[A-Za-z0-9_-]{2,60}$/, 'must be a region such as CAISO_NORTH'),
        zone: zoneSchema,
      }),
    )
    .min(1, 'name at least one region')
    .max(50)
    .refine((regions) => unique(regions, ({ zone }) => zone.toUpperCase()), 'names a zone twice'),
  signals: z.array(z.enum(WATTTIME_SIGNALS)).min(1, 'choose at least one signal').max(2).default(['co2_moer']),
  forecast: z.boolean().default(false),
  every_minutes: everyMinutes(60),
})
export type WattTimeSettings = z.infer<typeof wattTimeSettingsSchema>

export const gbSettingsSchema = z.strictObject({
  base_url: baseUrlSchema.default(DEFAULT_BASE_URL['gb-carbon-intensity']),
  forecast: z.boolean().default(false),
  every_minutes: everyMinutes(60),
})
export type GbSettings = z.infer<typeof gbSettingsSchema>

export const mlflowSettingsSchema = z
  .strictObject({
    base_url: baseUrlSchema,
    /** By name; none: all of them. */
    experiments: z.array(nameSchema).max(200).default([]),
    /** What a run says of itself by the tags wattledger.team, .model, .stage and .run goes before these. */
    team: nameSchema,
    /** Left out: the experiment's name. */
    model: nameSchema.optional(),
    stage: stageSchema.default('training'),
    site: nameSchema.optional(),
    grid_zone: zoneSchema.optional(),
    deployment: deploymentSchema.optional(),
    pue: pueSchema.optional(),
    /** Off where another sender tells the energy of the same runs. */
    read_power: z.boolean().default(true),
    /** Whether emissions are written to the runs as tags. */
    write_back: z.boolean().default(false),
    every_minutes: everyMinutes(15),
  })
  .refine((one) => one.site !== undefined || one.deployment !== undefined, {
    path: ['deployment'],
    error: 'say where its runs take place: a site, or the kind of deployment',
  })
export type MlflowSettings = z.infer<typeof mlflowSettingsSchema>

const secretText = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !/[\r\n\0]/.test(text), 'must be one line')
const tokenSecretSchema = z.strictObject({ token: secretText })
const loginSecretSchema = z.strictObject({ username: secretText, password: secretText })
const shared = { name: nameSchema, is_active: z.boolean().default(true) }

/** `secret`: left out, what is kept stays; null takes it away. */
export const connectorFieldsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('electricity-maps'),
    ...shared,
    settings: electricityMapsSettingsSchema,
    secret: tokenSecretSchema.nullish(),
  }),
  z.strictObject({
    kind: z.literal('watttime'),
    ...shared,
    settings: wattTimeSettingsSchema,
    secret: loginSecretSchema.nullish(),
  }),
  z.strictObject({
    kind: z.literal('gb-carbon-intensity'),
    ...shared,
    settings: gbSettingsSchema,
    secret: z.null().optional(),
  }),
  z.strictObject({
    kind: z.literal('mlflow'),
    ...shared,
    settings: mlflowSettingsSchema,
    secret: z.union([tokenSecretSchema, loginSecretSchema]).nullish(),
  }),
])
export type ConnectorFields = z.infer<typeof connectorFieldsSchema>
export type ConnectorRequest = z.input<typeof connectorFieldsSchema>
export type ConnectorSecret = NonNullable<ConnectorFields['secret']>

export const NEEDS_SECRET: Record<ConnectorKind, boolean> = {
  'electricity-maps': true,
  watttime: true,
  'gb-carbon-intensity': false,
  mlflow: false,
}

const instant = z.iso.datetime()

export const connectorProgressSchema = z.object({ from: instant, to: instant, done: instant })
export type ConnectorProgress = z.infer<typeof connectorProgressSchema>

export const CONNECTOR_STATES = ['paused', 'waiting', 'failing', 'backfilling', 'fetching'] as const

const viewFields = {
  connector_id: z.uuid(),
  name: z.string(),
  /** Whether a secret is kept; what it is nobody is told. */
  has_secret: z.boolean(),
  is_active: z.boolean(),
  /** `waiting`: it has not fetched yet; `fetching`: its last turn went well. */
  state: z.enum(CONNECTOR_STATES),
  created_at: instant,
  last_started_at: instant.nullable(),
  last_ok_at: instant.nullable(),
  next_at: instant,
  /** Why its last turn failed, in words; null when it went well. */
  last_error: z.string().nullable(),
  failures: z.number().int(),
  /** What it cannot do although it works, such as a plan that tells one day only. */
  note: z.string().nullable(),
  /** The newest hour or run that it brought. */
  newest_at: instant.nullable(),
  backfill: connectorProgressSchema.nullable(),
}
/** Settings as they were stored, so that one of an earlier version does not hide the whole list. */
export const connectorSchema = z.object({
  kind: z.enum(CONNECTOR_KINDS),
  settings: z.record(z.string(), z.unknown()),
  ...viewFields,
})
export type ConnectorView = z.infer<typeof connectorSchema>

export const connectorListSchema = z.object({ now: instant, connectors: z.array(connectorSchema) })
export type ConnectorList = z.infer<typeof connectorListSchema>

const hourInstant = z.iso
  .datetime({ offset: true, error: 'must be ISO 8601 with an offset, such as 2026-03-01T00:00:00Z' })
  .transform((text) => Date.parse(text))
export const backfillRequestSchema = z
  .strictObject({ from: hourInstant, to: hourInstant })
  .refine((one) => one.from < one.to, { path: ['to'], error: 'must lie after the start' })
  .refine((one) => one.from >= Date.UTC(2015, 0, 1), { path: ['from'], error: 'must not lie before 2015' })
export type BackfillRequest = z.infer<typeof backfillRequestSchema>

export const connectorTestSchema = z.object({ ok: z.boolean(), words: z.string() })
export type ConnectorTest = z.infer<typeof connectorTestSchema>
