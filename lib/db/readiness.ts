import { appPool } from './pool'
import { asUnavailable } from './unavailable'

export interface ReadinessCheck {
  name: string
  ready: boolean
  detail: string
}

const REQUIRED: Record<string, (value: string) => boolean> = {
  fsync: (value) => value === 'on',
  full_page_writes: (value) => value === 'on',
  synchronous_commit: (value) => value !== 'off',
}

/** Whether a 2xx would be kept: the database answers, is migrated, and writes what it acknowledges to disk. */
export const readiness = async (): Promise<ReadinessCheck[]> => {
  try {
    const { rows } = await appPool().query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1) order by name',
      [Object.keys(REQUIRED)],
    )
    const settings = rows.map(({ name, setting }) => ({
      name,
      ready: REQUIRED[name]?.(setting) ?? false,
      detail: `${name} = ${setting}`,
    }))
    const { rows: tables } = await appPool().query<{ present: boolean }>(
      "select to_regclass('public.reading_batch') is not null as present",
    )
    const migrated = tables[0]?.present === true
    return [
      { name: 'database', ready: true, detail: 'answers' },
      { name: 'migrations', ready: migrated, detail: migrated ? 'applied' : 'not applied' },
      ...settings,
    ]
  } catch (error) {
    const refusal = asUnavailable(error)
    return [{ name: 'database', ready: false, detail: refusal instanceof Error ? refusal.message : 'does not answer' }]
  }
}
