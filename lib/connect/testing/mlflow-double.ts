import { type Double, sendJson, startDouble } from './double'

export interface MlflowDoubleRun {
  id: string
  name: string
  experiment: string
  status: string
  start: number
  end: number | null
  tags: Record<string, string>
  /** By key: [ms, value] */
  history: Record<string, [number, number][]>
}

export interface MlflowDouble extends Double {
  runs: MlflowDoubleRun[]
}

/** Speaks the recorded shapes of MLflow's REST API, page by page, behind a token. */
export const mlflowDouble = async (token: string): Promise<MlflowDouble> => {
  const experiments = [
    { experiment_id: '0', name: 'Default' },
    { experiment_id: '7', name: 'ranker' },
  ]
  const double = await startDouble(({ path, query, headers, body }, response) => {
    if (headers.authorization !== `Bearer ${token}`)
      return sendJson(
        response,
        { error_code: 'UNAUTHENTICATED', message: `token ${headers.authorization} is not known` },
        401,
      )
    const at = path.replace('/api/2.0/mlflow/', '')
    const json = body === '' ? {} : JSON.parse(body)
    if (at === 'experiments/search') return sendJson(response, { experiments })
    if (at === 'runs/search') {
      const parent = /mlflow\.parentRunId` = '([^']+)'/.exec(json.filter)?.[1]
      const [, from = 0, to = 0] = (
        /start_time >= (\d+) AND attributes.start_time < (\d+)/.exec(json.filter) ?? []
      ).map(Number)
      const found = self.runs
        .filter((run) => json.experiment_ids.includes(run.experiment))
        .filter((run) => (parent ? run.tags['mlflow.parentRunId'] === parent : run.start >= from && run.start < to))
        .sort((a, b) => a.start - b.start)
      // Small pages, so that paging is seen.
      const first = Number(json.page_token ?? 0)
      const page = found.slice(first, first + 2)
      return sendJson(response, {
        runs: page.map((run) => ({
          info: {
            ...{
              run_id: run.id,
              run_uuid: run.id,
              experiment_id: run.experiment,
              run_name: run.name,
              user_id: 'ada',
              status: run.status,
            },
            ...{ start_time: run.start, ...(run.end === null ? {} : { end_time: run.end }), lifecycle_stage: 'active' },
          },
          data: {
            metrics: Object.entries(run.history).map(([key, points]) => ({
              key,
              value: points.at(-1)?.[1],
              timestamp: points.at(-1)?.[0],
              step: 0,
            })),
            params: [],
            tags: Object.entries(run.tags).map(([key, value]) => ({ key, value })),
          },
        })),
        ...(first + 2 < found.length ? { next_page_token: String(first + 2) } : {}),
      })
    }
    const run = self.runs.find((one) => one.id === (query.get('run_id') ?? json.run_id))
    if (!run) return sendJson(response, { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'no such run' }, 404)
    if (at === 'metrics/get-history') {
      const points = run.history[query.get('metric_key') ?? ''] ?? []
      const first = Number(query.get('page_token') ?? 0)
      const page = points.slice(first, first + 100)
      return sendJson(response, {
        metrics: page.map(([timestamp, value], step) => ({
          key: query.get('metric_key'),
          value,
          timestamp,
          step: first + step,
        })),
        ...(first + 100 < points.length ? { next_page_token: String(first + 100) } : {}),
      })
    }
    if (at === 'runs/log-batch') {
      for (const { key, value } of json.tags) run.tags[key] = value
      return sendJson(response, {})
    }
    return sendJson(response, { error_code: 'ENDPOINT_NOT_FOUND' }, 404)
  })
  const self: MlflowDouble = Object.assign(double, { runs: [] as MlflowDoubleRun[] })
  return self
}
