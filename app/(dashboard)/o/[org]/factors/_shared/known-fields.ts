import { OWN_KINDS, OWN_STATUSES, type OwnFactorFields } from '@/lib/contracts/factors'
import type { FactorDetail } from '@/lib/rollups/factor-detail'

export const isOwnKind = (kind: string): kind is OwnFactorFields['kind'] => OWN_KINDS.some((one) => one === kind)

/** What the form starts with: the next version of an own factor, or an override of a shared one. */
export const knownFields = (detail: FactorDetail): Partial<OwnFactorFields> => {
  const version = detail.versions.find((one) => one.version === detail.in_force) ?? detail.versions[0]
  if (!version || !isOwnKind(detail.kind)) return {}
  const status = OWN_STATUSES.find((one) => one === version.status)
  const common = {
    kind: detail.kind,
    zone: detail.zone,
    subject: detail.subject,
    year: version.year,
    valid_from: version.valid_from,
    valid_to: version.valid_to,
    unit: version.unit,
    basis: version.basis as OwnFactorFields['basis'],
    gases: version.gases,
    gwp_set: version.gwp_set as OwnFactorFields['gwp_set'],
  }
  return detail.is_own
    ? {
        ...common,
        overrides: detail.overrides,
        name: detail.name,
        value: version.value ?? undefined,
        u95: version.u95,
        source: version.source,
        source_url: version.source_url,
        licence: version.licence,
        status: status ?? 'verified',
        note: version.note,
      }
    : { ...common, overrides: detail.factor_id, name: `${detail.name}, own`.slice(0, 200) }
}
