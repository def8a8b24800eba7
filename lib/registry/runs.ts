import { newId } from '@/lib/db/ids'
import type { Tx } from '@/lib/db/with-org-sql'

export interface RunFacts {
  teamId: string | null
  modelId: string | null
  stage: string | null
  hardware: string | null
  hardwareCount: number | null
}

/** Ids of runs by name; a new run becomes a row, a known one takes what the sender says of it now. */
export const runsOfNames = async (tx: Tx, orgId: string, runs: Map<string, RunFacts>): Promise<Map<string, string>> => {
  if (runs.size === 0) return new Map()
  const ordered = [...runs].sort(([a], [b]) => (a < b ? -1 : 1))
  const { rows } = await tx.query<{ run_id: string; name: string }>(
    `insert into run as known (org_id, run_id, name, team_id, model_id, stage, hardware, hardware_count)
     select $1, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::int[])
     on conflict (org_id, name) do update set
       team_id = coalesce(excluded.team_id, known.team_id),
       model_id = coalesce(excluded.model_id, known.model_id),
       stage = coalesce(excluded.stage, known.stage),
       hardware = coalesce(excluded.hardware, known.hardware),
       hardware_count = coalesce(excluded.hardware_count, known.hardware_count)
     returning run_id, name`,
    [
      orgId,
      ordered.map(() => newId()),
      ordered.map(([name]) => name),
      ordered.map(([, run]) => run.teamId),
      ordered.map(([, run]) => run.modelId),
      ordered.map(([, run]) => run.stage),
      ordered.map(([, run]) => run.hardware),
      ordered.map(([, run]) => run.hardwareCount),
    ],
  )
  return new Map(rows.map((row) => [row.name, row.run_id]))
}
