import type { ApiOperation, Operation } from '@/lib/contracts/openapi'
import { API_GROUPS } from '@/lib/contracts/openapi-groups'

/** The OpenAPI document as the API page reads it. PURE. */

export interface ApiEntry {
  id: string
  method: Operation['method']
  path: string
  summary: string
  scope: string | null
}

export interface ApiSection {
  name: string
  says: string
  entries: ApiEntry[]
}

export interface ApiDocument {
  paths: Record<string, Partial<Record<Operation['method'], ApiOperation>>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const entriesOf = ({ paths }: ApiDocument): { entry: ApiEntry; operation: ApiOperation }[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method]
      if (!operation) return []
      const scope = operation.security[0]?.key?.[0] ?? null
      return [{ entry: { id: operation.operationId, method, path, summary: operation.summary, scope }, operation }]
    }),
  )

/** Operations by group, in the order of the groups. */
export const sectionsOf = (document: ApiDocument): ApiSection[] => {
  const all = entriesOf(document)
  return API_GROUPS.map(({ name, says }) => ({
    name,
    says,
    entries: all.filter(({ operation }) => operation.tags[0] === name).map(({ entry }) => entry),
  })).filter(({ entries }) => entries.length > 0)
}

export const operationNamed = (document: ApiDocument, id: string) =>
  entriesOf(document).find(({ entry }) => entry.id === id) ?? null

/** What a body may be sent as, the first one first, with text that works or nearly does. */
export interface BodyForm {
  type: string
  text: string
  /** Bytes cannot be typed. */
  isText: boolean
}

export const isTyped = (type: string): boolean => /json|csv|text/.test(type)
