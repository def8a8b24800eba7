import { CsvImport } from '@/components/forms/csv-import'
import { Panel } from '@/components/ui/panel'

/** A file of own factors, tried first. */
export function ImportPanel({ org }: { org: string }) {
  return (
    <Panel
      span={5}
      title="Import a file"
      meta="A licensed collection (IEA, ecoinvent), a supplier’s rates, corrections: tried first, then stored whole or not at all"
    >
      <CsvImport
        org={org}
        path="/api/v1/factors/import"
        reopens="Days that rest on them"
        help={
          <>
            Columns <code className="font-mono">value, source</code>, and <code className="font-mono">overrides</code>{' '}
            with the id of a shared factor; or <code className="font-mono">kind, name, unit, basis</code> with{' '}
            <code className="font-mono">zone, year</code> or <code className="font-mono">subject</code>. An empty cell
            of an override is as in the library.{' '}
            <a href={`/api/v1/exports/own-factors.csv?org=${org}`} download>
              Yours as CSV
            </a>
          </>
        }
      />
    </Panel>
  )
}
