/** A JSON schema → the rows of a table. PURE. */

export type JsonSchema = Record<string, unknown>

export interface SchemaRow {
  /** `readings[].meter` */
  path: string
  depth: number
  type: string
  required: boolean
  /** Bounds, patterns and the words of a closed set. */
  notes: string
}

const DEEPEST = 5
const MOST = 160
const MOST_WORDS = 24

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** Follows `#/$defs/x`; what points elsewhere stays as it is. */
const resolved = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const { $ref } = schema
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) return schema
  let at: unknown = root
  for (const key of $ref.slice(2).split('/')) at = isSchema(at) ? at[key] : undefined
  return isSchema(at) ? at : schema
}

/** `X or null` → X. The rest of a choice stays a choice. */
const withoutNull = (schema: JsonSchema, root: JsonSchema): { schema: JsonSchema; nullable: boolean } => {
  const choices = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  if (choices.length === 0) {
    const { type } = schema
    if (!Array.isArray(type) || !type.includes('null')) return { schema, nullable: false }
    const rest = type.filter((one) => one !== 'null')
    return { schema: { ...schema, type: rest.length === 1 ? rest[0] : rest }, nullable: true }
  }
  const rest = choices.filter(({ type }) => type !== 'null')
  const nullable = rest.length < choices.length
  const [only] = rest
  return only && rest.length === 1 ? { schema: resolved(only, root), nullable } : { schema: { anyOf: rest }, nullable }
}

const plainType = (schema: JsonSchema, root: JsonSchema): string => {
  if (Array.isArray(schema.anyOf)) {
    return [...new Set(listOf(schema.anyOf).map((one) => typeOf(one, root)))].join(' or ')
  }
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return 'one of'
  if (schema.type === 'array') {
    const items = isSchema(schema.items) ? typeOf(schema.items, root) : 'anything'
    return `list of ${items}`
  }
  if (typeof schema.format === 'string')
    return { 'date-time': 'time', date: 'day', uuid: 'UUID' }[schema.format] ?? 'text'
  if (schema.type === 'string') return 'text'
  if (schema.type === 'integer') return 'integer'
  if (typeof schema.type === 'string') return schema.type
  return Array.isArray(schema.type) ? schema.type.join(' or ') : 'anything'
}

const typeOf = (given: JsonSchema, root: JsonSchema): string => {
  const { schema, nullable } = withoutNull(resolved(given, root), root)
  return `${plainType(schema, root)}${nullable ? ' or null' : ''}`
}

/** What a double holds at most is no bound that anyone need know. */
const isBound = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 2 ** 53 - 1

const notesOf = (schema: JsonSchema): string => {
  const parts: string[] = []
  if (Array.isArray(schema.enum)) {
    const words = schema.enum.map(String)
    const hidden = words.length - MOST_WORDS
    parts.push(`${words.slice(0, MOST_WORDS).join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`)
  }
  if (isBound(schema.minimum)) parts.push(`≥ ${schema.minimum}`)
  if (isBound(schema.exclusiveMinimum)) parts.push(`> ${schema.exclusiveMinimum}`)
  if (isBound(schema.maximum)) parts.push(`≤ ${schema.maximum}`)
  if (isBound(schema.exclusiveMaximum)) parts.push(`< ${schema.exclusiveMaximum}`)
  if (isBound(schema.maxLength)) parts.push(`at most ${schema.maxLength} characters`)
  if (isBound(schema.maxItems)) parts.push(`at most ${schema.maxItems.toLocaleString('en')}`)
  if (isBound(schema.minItems) && schema.minItems > 0) parts.push(`at least ${schema.minItems}`)
  if (schema.default !== undefined) parts.push(`${JSON.stringify(schema.default)} when left out`)
  if (typeof schema.description === 'string') parts.push(schema.description)
  return parts.join('; ')
}

/** Fields of an object, of the objects of a list and of each form of a choice, outermost first. */
export const schemaRows = (root: JsonSchema): { rows: SchemaRow[]; more: boolean } => {
  const rows: SchemaRow[] = []
  let more = false
  const seen = new Set<string>()

  const visit = (given: JsonSchema, path: string, depth: number): void => {
    const { schema } = withoutNull(resolved(given, root), root)
    for (const choice of listOf(schema.anyOf)) visit(choice, path, depth)
    if (schema.type === 'array' && isSchema(schema.items)) {
      visit(schema.items, `${path}[]`, depth)
      return
    }
    const properties = isSchema(schema.properties) ? schema.properties : {}
    const required = Array.isArray(schema.required) ? schema.required : []
    for (const [name, field] of Object.entries(properties)) {
      if (!isSchema(field)) continue
      const at = path === '' ? name : `${path}.${name}`
      if (seen.has(at)) continue
      if (rows.length >= MOST || depth > DEEPEST) {
        more = true
        return
      }
      seen.add(at)
      const inner = withoutNull(resolved(field, root), root).schema
      const item = inner.type === 'array' && isSchema(inner.items) ? resolved(inner.items, root) : null
      rows.push({
        path: at,
        depth,
        type: typeOf(field, root),
        required: required.includes(name),
        notes: [notesOf(inner), item?.enum ? notesOf(item) : ''].filter((text) => text !== '').join('; '),
      })
      visit(field, at, depth + 1)
    }
    if (isSchema(schema.additionalProperties)) visit(schema.additionalProperties, `${path}.…`, depth)
  }
  visit(root, '', 0)
  return { rows, more }
}

/** Something that the schema takes, of the required fields alone. */
export const exampleOf = (given: JsonSchema, root: JsonSchema = given, name = '', depth = 0): unknown => {
  const resolvedSchema = resolved(given, root)
  const { schema } = withoutNull(resolvedSchema, root)
  if ('const' in schema) return schema.const
  if (schema.default !== undefined) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const [first] = listOf(schema.anyOf)
  if (first) return exampleOf(first, root, name, depth)
  switch (schema.type) {
    case 'object': {
      const required = Array.isArray(schema.required) ? schema.required : []
      const fields = Object.entries(isSchema(schema.properties) ? schema.properties : {})
      const shown = fields.filter(([field]) => required.includes(field) || (depth === 0 && required.length === 0))
      return Object.fromEntries(
        shown.flatMap(([field, one]) =>
          isSchema(one) && depth <= DEEPEST ? [[field, exampleOf(one, root, field, depth + 1)]] : [],
        ),
      )
    }
    case 'array':
      return isSchema(schema.items) && depth <= DEEPEST ? [exampleOf(schema.items, root, name, depth + 1)] : []
    case 'integer':
    case 'number':
      return isBound(schema.minimum) ? schema.minimum : 1
    case 'boolean':
      return true
    case 'string':
      return textExample(schema, name)
    default:
      return null
  }
}

const textExample = (schema: JsonSchema, name: string): string => {
  const isEnd = /^(to|end|end_date|until)$/.test(name)
  if (schema.format === 'date-time') return isEnd ? '2026-11-02T00:00:00Z' : '2026-11-01T00:00:00Z'
  if (schema.format === 'date') return isEnd ? '2026-11-02' : '2026-11-01'
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (name === 'time_zone') return 'Europe/Paris'
  if (/zone/.test(name)) return 'DE'
  if (isEnd) return '2026-11-02'
  if (/^(at|start|from|timestamp)$/.test(name)) return '2026-11-01'
  return name === '' ? 'text' : name.replaceAll('_', '-')
}
