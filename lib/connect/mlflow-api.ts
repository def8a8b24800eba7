import { z } from 'zod'
import { type MlflowSettings, mlflowSettingsSchema } from '@/lib/contracts/connectors'
import { SourceFault } from '@/lib/grid/sources/source-fault'
import { basic, bearer } from './credentials'
import type { Turn } from './turn'

/** The parts of MLflow's REST API that a connector needs, page by page. */

const pairsSchema = z.array(z.object({ key: z.string(), value: z.string() }).loose()).default([])
const millisecondsSchema = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])

const runSchema = z.object({
  info: z.object({
    run_id: z.string().regex(/^[\w.-]{1,100}$/),
    experiment_id: z.string(),
    run_name: z.string().nullish(),
    status: z.string(),
    start_time: millisecondsSchema.nullish(),
    end_time: millisecondsSchema.nullish(),
  }),
  data: z
    .object({ metrics: z.array(z.object({ key: z.string() }).loose()).default([]), tags: pairsSchema })
    .default({ metrics: [], tags: [] }),
})
export type MlflowRun = z.infer<typeof runSchema>

const experimentsSchema = z.object({
  experiments: z.array(z.object({ experiment_id: z.string(), name: z.string() })).default([]),
  next_page_token: z.string().nullish(),
})
const runsSchema = z.object({ runs: z.array(runSchema).default([]), next_page_token: z.string().nullish() })
const historySchema = z.object({
  metrics: z.array(z.object({ value: z.unknown(), timestamp: millisecondsSchema }).loose()).default([]),
  next_page_token: z.string().nullish(),
})

export const mlflowSettings = (turn: Turn): MlflowSettings => mlflowSettingsSchema.parse(turn.settings)

const credentialsOf = ({ secret }: Turn): Record<string, string> => {
  if (secret?.token) return bearer(secret.token)
  return secret?.username && secret.password ? basic(secret.username, secret.password) : {}
}

const call = async <Schema extends z.ZodType>(
  turn: Turn,
  path: string,
  schema: Schema,
  { json, query }: { json?: unknown; query?: Record<string, string> },
): Promise<z.output<Schema>> => {
  const search = query ? `?${new URLSearchParams(query)}` : ''
  const answer = await turn.client.json({
    url: `${mlflowSettings(turn).base_url}/api/2.0/mlflow/${path}${search}`,
    method: json === undefined ? 'GET' : 'POST',
    json,
    credentials: credentialsOf(turn),
    // Searches change nothing, and a tag that is set twice is set once.
    repeatable: true,
  })
  const parsed = schema.safeParse(answer)
  if (!parsed.success) throw new SourceFault(`MLflow answered ${path} in a shape that is not known`)
  return parsed.data
}

const MOST_PAGES = 1000

async function* pages<Page extends { next_page_token?: string | null }>(
  ask: (token: string | undefined) => Promise<Page>,
): AsyncGenerator<Page> {
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await ask(token)
    yield found
    if (!found.next_page_token || found.next_page_token === token) return
    token = found.next_page_token
  }
}

/** Experiments by id, those that the settings name. @throws SourceFault when a named one is not there */
export const experimentsOf = async (turn: Turn): Promise<Map<string, string>> => {
  const found = new Map<string, string>()
  for await (const page of pages((page_token) =>
    call(turn, 'experiments/search', experimentsSchema, { json: { max_results: 1000, page_token } }),
  ))
    for (const { experiment_id, name } of page.experiments) found.set(experiment_id, name)
  const wanted = mlflowSettings(turn).experiments
  if (wanted.length === 0) return found
  const missing = wanted.find((name) => ![...found.values()].includes(name))
  if (missing) throw new SourceFault(`MLflow has no experiment named “${missing}”`)
  return new Map([...found].filter(([, name]) => wanted.includes(name)))
}

/** The first experiments, in one request: for a test. */
export const someExperiments = async (turn: Turn): Promise<string[]> => {
  const { experiments } = await call(turn, 'experiments/search', experimentsSchema, { json: { max_results: 1000 } })
  return experiments.map(({ name }) => name)
}

/** Runs that started in [from, to), the earliest first. */
export async function* runsStarted(
  turn: Turn,
  experimentIds: string[],
  { from, to }: { from: number; to: number },
): AsyncGenerator<MlflowRun> {
  const filter = `attributes.start_time >= ${from} AND attributes.start_time < ${to}`
  const order_by = ['attributes.start_time ASC']
  const wanted = { experiment_ids: experimentIds, filter, run_view_type: 'ACTIVE_ONLY', max_results: 200, order_by }
  for await (const page of pages((page_token) =>
    call(turn, 'runs/search', runsSchema, { json: { ...wanted, page_token } }),
  ))
    yield* page.runs
}

/** Whether other runs are nested in this one: then they hold its energy. */
export const hasChildren = async (turn: Turn, run: MlflowRun): Promise<boolean> => {
  const filter = `tags.\`mlflow.parentRunId\` = '${run.info.run_id}'`
  const asked = { experiment_ids: [run.info.experiment_id], filter, run_view_type: 'ALL', max_results: 1 }
  return (await call(turn, 'runs/search', runsSchema, { json: asked })).runs.length > 0
}

export interface MetricPoint {
  at: number
  value: number
}

/** A metric's whole history; a value that is no number is NaN and will be refused like any other. */
export const historyOf = async (turn: Turn, runId: string, key: string): Promise<MetricPoint[]> => {
  const points: MetricPoint[] = []
  const query = { run_id: runId, metric_key: key, max_results: '25000' }
  for await (const page of pages((token) =>
    call(turn, 'metrics/get-history', historySchema, { query: token ? { ...query, page_token: token } : query }),
  ))
    for (const { value, timestamp } of page.metrics)
      points.push({ at: timestamp, value: typeof value === 'number' ? value : Number.NaN })
  return points
}

export const setTags = async (turn: Turn, runId: string, tags: Record<string, string>): Promise<void> => {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }))
  await call(turn, 'runs/log-batch', z.unknown(), { json: { run_id: runId, metrics: [], params: [], tags: list } })
}
