import Link from 'next/link'
import { UnitText } from '@/components/figures/unit-text'
import type { ModelRow } from '@/lib/rollups/models'
import { formatMass, formatPercent } from '@/lib/units/format'

export interface Relative {
  model: ModelRow
  /** Of the parent's development, carried by the child, in mg; null is unknown. */
  carriedMg: number | null
  share: number
}

const nameLink = (org: string, name: string) => (
  <Link
    href={`/o/${org}/models/${encodeURIComponent(name)}`}
    className="inline-block max-w-full truncate py-1"
    title={name}
  >
    {name}
  </Link>
)

function Line({ depth, children }: { depth: number; children: React.ReactNode }) {
  return (
    <li
      className="flex min-h-8 items-center gap-2 border-b border-hairline text-table"
      style={{ paddingLeft: depth * 20 }}
    >
      {depth > 0 && (
        <span aria-hidden="true" className="text-muted">
          └
        </span>
      )}
      {children}
    </li>
  )
}

function Carried({ relative }: { relative: Relative }) {
  const mass = formatMass(relative.carriedMg === null ? null : Math.round(relative.carriedMg))
  return (
    <span className="ml-auto flex-none text-muted">
      {relative.share === 0 ? (
        'inherits nothing'
      ) : (
        <>
          {`inherits ${formatPercent(relative.share)}`}
          {mass && (
            <>
              {', '}
              <b className="font-medium text-ink">
                <UnitText text={`${mass.value}\u202f${mass.unit} CO2e`} />
              </b>
            </>
          )}
        </>
      )}
    </span>
  )
}

/** What a model was made from and what was made of it; each line says what the child carries of its parent's development. */
export function Family({
  org,
  self,
  parent,
  children: made,
}: {
  org: string
  self: Relative
  parent: ModelRow | null
  children: readonly Relative[]
}) {
  const depth = parent ? 1 : 0
  return (
    <ul aria-label="Parents and children">
      {parent && <Line depth={0}>{nameLink(org, parent.name)}</Line>}
      <Line depth={depth}>
        <b className="min-w-0 truncate font-semibold" title={self.model.name}>
          {self.model.name}
        </b>
        {parent && <Carried relative={self} />}
      </Line>
      {made.map((relative) => (
        <Line key={relative.model.model_id} depth={depth + 1}>
          <span className="min-w-0">{nameLink(org, relative.model.name)}</span>
          <Carried relative={relative} />
        </Line>
      ))}
    </ul>
  )
}
