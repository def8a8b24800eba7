import { STAGES } from '@/lib/contracts/common'
import {
  type ConnectorKind,
  type ConnectorRequest,
  DEFAULT_BASE_URL,
  WATTTIME_SIGNALS,
} from '@/lib/contracts/connectors'
import { BASES } from '@/lib/contracts/grid'

/** Comes in: a connector's form as it is typed. Goes out: the request, or what is missing, by field. PURE. */

export type Draft = Pick<FormData, 'get' | 'getAll'>
export type DraftFaults = Record<string, string>

const text = (draft: Draft, name: string): string => String(draft.get(name) ?? '').trim()
const optional = (draft: Draft, name: string): string | undefined => text(draft, name) || undefined
const listOf = (draft: Draft, name: string): string[] =>
  text(draft, name)
    .split(/[\n,;]+/)
    .map((one) => one.trim())
    .filter(Boolean)
const chosen = <Value extends string>(draft: Draft, name: string, of: readonly Value[]): Value[] =>
  of.filter((one) => draft.getAll(name).includes(one))

/** `CAISO_NORTH = US-CAL-CISO`, one a line. */
const regionsOf = (draft: Draft) =>
  listOf(draft, 'regions').map((line) => {
    const [region = '', zone = ''] = line.split(/\s*(?:=|→|:| as )\s*/)
    return { region: region.trim(), zone: zone.trim() }
  })

const secretOf = (draft: Draft, kind: ConnectorKind): ConnectorRequest['secret'] => {
  const token = text(draft, 'token')
  const [username, password] = [text(draft, 'username'), text(draft, 'password')]
  if (draft.get('forget') === 'on') return null
  if (kind === 'watttime' || (kind === 'mlflow' && text(draft, 'way') === 'login'))
    return username && password ? { username, password } : undefined
  return token ? { token } : undefined
}

const settingsOf = (draft: Draft, kind: ConnectorKind) => {
  const common = {
    base_url: text(draft, 'base_url') || DEFAULT_BASE_URL[kind],
    every_minutes: Number(text(draft, 'every_minutes')) || 60,
  }
  const forecast = draft.get('forecast') === 'on'
  switch (kind) {
    case 'electricity-maps':
      return { ...common, zones: listOf(draft, 'zones'), bases: chosen(draft, 'bases', BASES), forecast }
    case 'watttime':
      return { ...common, regions: regionsOf(draft), signals: chosen(draft, 'signals', WATTTIME_SIGNALS), forecast }
    case 'gb-carbon-intensity':
      return { ...common, forecast }
    case 'mlflow':
      return {
        ...common,
        experiments: listOf(draft, 'experiments'),
        team: text(draft, 'team'),
        model: optional(draft, 'model'),
        stage: STAGES.find((stage) => stage === text(draft, 'stage')) ?? 'training',
        site: optional(draft, 'site'),
        grid_zone: optional(draft, 'grid_zone'),
        deployment: optional(draft, 'deployment'),
        read_power: draft.get('read_power') === 'on',
        write_back: draft.get('write_back') === 'on',
      }
  }
}

const faultsOf = (draft: Draft, kind: ConnectorKind, hasSecret: boolean): DraftFaults => {
  const empty = (name: string, words: string): DraftFaults => (text(draft, name) === '' ? { [name]: words } : {})
  const shared = empty('name', 'Say what it is called.')
  switch (kind) {
    case 'electricity-maps':
      return {
        ...shared,
        ...empty('zones', 'Name at least one zone.'),
        ...(chosen(draft, 'bases', BASES).length === 0 && { bases: 'Choose at least one.' }),
        ...(!hasSecret && empty('token', 'Electricity Maps needs a token.')),
      }
    case 'watttime':
      return {
        ...shared,
        ...(regionsOf(draft).some(({ zone }) => zone === '') || text(draft, 'regions') === ''
          ? { regions: 'One a line: CAISO_NORTH = US-CAL-CISO.' }
          : {}),
        ...(chosen(draft, 'signals', WATTTIME_SIGNALS).length === 0 && { signals: 'Choose at least one.' }),
        ...(!hasSecret && {
          ...empty('username', 'WattTime needs a user name.'),
          ...empty('password', 'And its password.'),
        }),
      }
    case 'gb-carbon-intensity':
      return shared
    case 'mlflow':
      return {
        ...shared,
        ...empty('base_url', 'Where does the tracking server answer?'),
        ...empty('team', 'Whose runs are they, where they do not say?'),
        ...(text(draft, 'site') === '' ? empty('deployment', 'Say where they run: a site, or this.') : {}),
      }
  }
}

/** The request that a filled form asks for; a secret that is left empty is not sent, so the kept one stays. */
export const requestOf = (
  draft: Draft,
  kind: ConnectorKind,
  { hasSecret, isActive }: { hasSecret: boolean; isActive: boolean },
): { faults: DraftFaults } | { request: ConnectorRequest } => {
  const faults = faultsOf(draft, kind, hasSecret)
  if (Object.keys(faults).length > 0) return { faults }
  const fields = { kind, name: text(draft, 'name'), is_active: isActive, settings: settingsOf(draft, kind) }
  const secret = secretOf(draft, kind)
  // The server's schema judges it once more, and its words come back by field.
  return { request: { ...fields, ...(secret === undefined ? {} : { secret }) } as ConnectorRequest }
}
