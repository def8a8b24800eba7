import { type EstimateRequestInput, estimateRequestSchema } from '@/lib/contracts/estimate'
import { numberOf } from '../forms/number-text'
import { FIELDS, type InputField, STAGE_FIELDS } from './fields'

/** What stands in the address ↔ what is asked of POST /api/v1/estimate. PURE. */

/** Texts as typed, by key of the field; what is empty is not said. */
export type Typed = Readonly<Record<string, string>>
export interface TypedStage {
  name: string
  typed: Typed
}

export interface Asked {
  typed: Typed
  stages: readonly TypedStage[]
}

export interface ReadRequest {
  request: EstimateRequestInput
  /** By key of the field; of a stage `stage.0.hours`. */
  problems: Record<string, string>
}

/** `hours:40;pue:1.2` of a stage, its name before it: `training;hours:40`. */
const stageText = ({ name, typed }: TypedStage): string =>
  [
    encodeURIComponent(name),
    ...Object.entries(typed)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}:${encodeURIComponent(text)}`),
  ].join(';')

const stageOf = (text: string): TypedStage => {
  const [name = '', ...pairs] = text.split(';')
  const decoded = (part: string) => {
    try {
      return decodeURIComponent(part)
    } catch {
      return part
    }
  }
  const known = new Set(STAGE_FIELDS.map((field) => field.key))
  return {
    name: decoded(name),
    typed: Object.fromEntries(
      pairs.flatMap((pair): [string, string][] => {
        const at = pair.indexOf(':')
        const key = pair.slice(0, at)
        return at > 0 && known.has(key) ? [[key, decoded(pair.slice(at + 1))]] : []
      }),
    ),
  }
}

/** Unknown keys are left alone, so that an older address still opens. */
export const askedOf = (query: URLSearchParams): Asked => ({
  typed: Object.fromEntries(FIELDS.flatMap(({ key }) => (query.get(key) ? [[key, query.get(key) as string]] : []))),
  stages: query.getAll('stage').map(stageOf),
})

export const queryOfAsked = ({ typed, stages }: Asked): URLSearchParams => {
  const query = new URLSearchParams(Object.entries(typed).filter(([, text]) => text.trim() !== ''))
  query.sort()
  for (const stage of stages) query.append('stage', stageText(stage))
  return query
}

const instrumentsOf = (text: string): { mwh: number; g_per_kwh: number }[] | string => {
  const parts = text.split(/[;,]\s*(?=[\d.]+\s*@)/).map((part) => part.split('@'))
  const read = parts.map(([mwh = '', g = '']) => ({ mwh: numberOf(mwh), g_per_kwh: numberOf(g) }))
  return read.every((one) => one.mwh !== null && one.g_per_kwh !== null && one.mwh >= 0 && one.g_per_kwh >= 0)
    ? (read as { mwh: number; g_per_kwh: number }[])
    : 'As MWh @ g/kWh, parted by commas: 10 @ 0, 5 @ 20'
}

/** null: said to be none. */
const readOf = (field: InputField, text: string): unknown => {
  if (field.kind !== 'number') return field.key === 'instruments' ? instrumentsOf(text) : text.trim()
  if (/^none$/i.test(text.trim())) return null
  return numberOf(text)
}

const put = (into: Record<string, unknown>, path: string, value: unknown) => {
  const [first = '', second] = path.split('.')
  if (second === undefined) into[first] = value
  else into[first] = { ...(into[first] as object | undefined), [second]: value }
}

const partOf = (typed: Typed, fields: readonly InputField[], problem: (key: string, words: string) => void) => {
  const part: Record<string, unknown> = {}
  for (const field of fields) {
    const text = typed[field.key]?.trim()
    if (!text) continue
    const value = readOf(field, text)
    if (typeof value === 'string' && field.key === 'instruments') problem(field.key, value)
    else if (field.kind === 'number' && Number.isNaN(value)) problem(field.key, 'This is no number')
    else if (value === null && field.path.startsWith('embodied.')) part.embodied = null
    else if (field.path.startsWith('embodied.') && part.embodied === null) continue
    else if (value === null && field.key !== 'residual_g_per_kwh') problem(field.key, 'This is no number')
    // A count of FLOPs goes before parameters and tokens.
    else if (field.path.startsWith('flops.') && typeof part.flops === 'number') continue
    else put(part, field.path, value)
  }
  // The contract keeps the MFU with the parameters, and beside a plain number of FLOPs.
  if (typeof part.flops === 'object' && part.mfu !== undefined) {
    put(part, 'flops.mfu', part.mfu)
    delete part.mfu
  }
  return part
}

/** What was typed as a request, and what cannot be read. What only the server can judge is left to it. */
export const requestOf = ({ typed, stages }: Asked, preset: EstimateRequestInput = {}): ReadRequest => {
  const problems: Record<string, string> = {}
  const request: Record<string, unknown> = {
    ...preset,
    ...partOf(typed, FIELDS, (key, words) => {
      problems[key] = words
    }),
  }
  if (stages.length > 0)
    request.stages = stages.map((stage, at) => ({
      name: stage.name.trim() || `stage ${at + 1}`,
      ...partOf(stage.typed, STAGE_FIELDS, (key, words) => {
        problems[`stage.${at}.${key}`] = words
      }),
    }))
  const judged = estimateRequestSchema.safeParse(request)
  if (!judged.success)
    for (const issue of judged.error.issues) {
      const path = issue.path.map(String)
      const inStage = path[0] === 'stages' && path[1] !== undefined
      const fields = inStage ? STAGE_FIELDS : FIELDS
      const own = (inStage ? path.slice(2) : path).join('.')
      const field =
        fields.find((one) => one.path === own) ?? fields.find((one) => one.path.split('.')[0] === own.split('.')[0])
      const key = `${inStage ? `stage.${path[1]}.` : ''}${field?.key ?? own}`
      problems[key] ??= issue.message
    }
  return { request: request as EstimateRequestInput, problems }
}

/** The same request for a shell. */
export const curlOf = (origin: string, request: EstimateRequestInput): string =>
  `curl -X POST ${origin}/api/v1/estimate \\
  -H "authorization: Bearer $WATTLEDGER_KEY" -H "content-type: application/json" \\
  -d '${JSON.stringify(request).replaceAll("'", "'\\''")}'`
