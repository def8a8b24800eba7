import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from '@babel/parser'
import { describe, expect, it } from 'vitest'

const words = (list: string): string[] => list.split(' ')

/** What the core speaks: its shapes, its closed sets, its scope lines. Formulas of a day see real data in posting only. */
const CORE_WORDS = ['accounting/facts', 'accounting/entries', 'accounting/scope']
/** Formulas over sums that the books already hold: a ratio, an interval, a share, a matching, a comparison. */
const SUM_FORMULAS = words(
  `accounting/uncertainty accounting/ratios accounting/functional-units accounting/life-cycle accounting/scope-2
   accounting/embodied accounting/allocation accounting/comparisons accounting/gases accounting/energy-models`.replace(
    /\s+/g,
    ' ',
  ),
)

/**
 * Who may import whom (docs/architecture, STYLE §2.2). What is not listed is refused. An entry is a module (a folder or file directly
 * under lib, or one of the three roots), one folder of it or one file. Modules in PURE have nothing but their row; every other module of lib
 * may lean on the ground as well.
 */
const MAY_IMPORT: Record<string, string[]> = {
  units: [],
  accounting: ['units'],
  contracts: ['units'],
  planning: ['accounting', 'units', 'contracts'],
  'scheduling/policy': ['planning', 'accounting', 'units', 'contracts'],

  errors: [],
  env: [],
  log: [],
  generated: [],

  db: ['generated'],
  auth: ['db', 'generated'],
  ledger: ['db', 'generated', ...CORE_WORDS],
  factors: ['db', 'generated', ...CORE_WORDS],
  grid: ['db', 'generated', ...CORE_WORDS, 'ledger', 'factors'],
  registry: ['db', 'generated', ...CORE_WORDS, ...SUM_FORMULAS, 'auth', 'ledger', 'grid', 'factors'],
  ingest: ['db', 'ledger', 'registry', 'grid', ...CORE_WORDS],
  posting: ['db', 'ledger', 'registry', 'grid', 'factors', 'accounting', 'ingest', 'planning'],
  // A line and a power trace are read from the books themselves, by the books' own reader.
  // The Grid pages show the very choice that posting makes, and a run's power its very gaps.
  rollups: [
    ...['db', 'generated', ...CORE_WORDS, 'ledger/entries', 'ledger/batches', 'factors', 'grid/zone-series'],
    ...['accounting/select-intensity', 'accounting/gap-limit', ...SUM_FORMULAS],
  ],
  reports: ['db', 'rollups', 'registry', 'factors', 'ledger', ...CORE_WORDS, ...SUM_FORMULAS],
  close: ['db', 'ledger', 'reports'],
  scheduling: ['db', 'scheduling/policy', 'planning', 'rollups', 'registry', 'ledger', 'grid'],
  budgets: ['db', 'planning', 'rollups', 'registry', 'ledger'],
  alerts: ['db', 'planning', 'rollups', 'registry', 'ledger'],
  http: ['auth'],
  // What we fetch: the guarded outbound client and a poller a kind. It takes the same doors as what senders bring.
  connect: ['db', 'generated', ...CORE_WORDS, 'auth', 'ledger', 'registry', 'grid', 'ingest', 'factors'],
  jobs: [
    ...['db', 'posting', 'ledger', 'close', 'rollups', 'grid', 'reports', 'scheduling', 'budgets', 'alerts', 'connect'],
  ],

  components: ['contracts', 'units'],
  'app/api': [
    ...words('units errors contracts env log http auth ingest grid posting rollups reports registry factors planning'),
    ...words('scheduling budgets alerts close connect db/with-org db/readiness package'),
  ],
  app: [
    ...words('components units errors contracts auth rollups reports registry factors db/with-org package'),
    ...CORE_WORDS,
    ...SUM_FORMULAS,
  ],
}

const GROUND = ['units', 'errors', 'contracts', 'env', 'log']
const PURE = ['units', 'accounting', 'contracts', 'planning', 'scheduling/policy']
/** Packages that a pure module may use. */
const PURE_PACKAGES: Record<string, string[]> = { contracts: ['zod'] }
const ROOTS = ['lib', 'app', 'components']
const REPOSITORY = path.resolve(import.meta.dirname, '..')

const moduleOf = (file: string): string => {
  const parts = file.replace(/\.(tsx?|json|css)$/, '').split('/')
  if (parts[0] === 'app') return parts[1] === 'api' ? 'app/api' : 'app'
  if (parts[0] !== 'lib') return parts[0] as string
  return parts[1] === 'scheduling' && parts[2] === 'policy' ? 'scheduling/policy' : (parts[1] as string)
}

/** The file that a specifier means, from the repository's root and without its ending; null for a package. */
const resolved = (file: string, specifier: string): string | null => {
  if (specifier.startsWith('@/')) return specifier.slice(2).replace(/\.(tsx?|js)$/, '')
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier).replace(/\.(tsx?|js)$/, '')
  return null
}

type Node = Record<string, unknown> & { type: string }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

const walk = (node: Node, visit: (node: Node) => void): void => {
  visit(node)
  for (const child of Object.values(node))
    for (const each of Array.isArray(child) ? child : [child]) if (isNode(each)) walk(each, visit)
}

const nodesOf = (source: string): Node[] => {
  const nodes: Node[] = []
  const { program } = parse(source, { sourceType: 'module', plugins: ['typescript', 'jsx'] })
  walk(program as unknown as Node, (node) => nodes.push(node))
  return nodes
}

const textOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'StringLiteral' ? (node.value as string) : null
const nameOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'Identifier' ? (node.name as string) : null

/** Every module that a file names: import, export from, import(), require(), and import types. */
const specifiersOf = (nodes: Node[]): string[] =>
  nodes.flatMap((node) => {
    const [first] = (node.arguments ?? []) as unknown[]
    const called = isNode(node.callee) && (node.callee.type === 'Import' || nameOf(node.callee) === 'require')
    const named = [node.source, node.type === 'TSImportType' ? node.argument : null, called ? first : null]
    return named.flatMap((each) => textOf(each) ?? [])
  })

const importFaults = (file: string, nodes: Node[]): string[] => {
  const from = moduleOf(file)
  const row = MAY_IMPORT[from]
  if (row === undefined) return [`${file}: the module ${from} has no row in the table`]
  const pure = PURE.includes(from)
  const allowed = file.startsWith('lib/') && !pure ? [...row, ...GROUND] : row
  return specifiersOf(nodes).flatMap((specifier) => {
    const target = resolved(file, specifier)
    if (target === null)
      return pure && !PURE_PACKAGES[from]?.includes(specifier)
        ? [`${file}: ${from} is pure and imports ${specifier}`]
        : []
    const to = moduleOf(target)
    const inside = target.replace(/^lib\//, '')
    const lawful =
      to === from || allowed.some((entry) => entry === to || entry === inside || inside.startsWith(`${entry}/`))
    return lawful ? [] : [`${file}: ${from} may not import ${to} (${specifier})`]
  })
}

const impurityOf = (node: Node): string | null => {
  const [object, property] = [nameOf(node.object), nameOf(node.property)]
  if (node.type === 'MemberExpression') {
    if (object === 'Date' && property === 'now') return 'Date.now'
    if (object === 'Math' && property === 'random') return 'Math.random'
    if (object === 'process' || object === 'console' || object === 'performance') return object
  }
  if (nameOf(node.callee) === 'Date' && (node.arguments as unknown[]).length === 0) return 'the present time'
  if (node.async === true || node.type === 'AwaitExpression') return 'async'
  return null
}

const REFUSED_NAMES = ['dangerouslySetInnerHTML', '$queryRawUnsafe', '$executeRawUnsafe']

const contentFaults = (file: string, nodes: Node[]): string[] => {
  const module = moduleOf(file)
  const pure = PURE.includes(module)
  return nodes.flatMap((node) => {
    const impurity = pure ? impurityOf(node) : null
    const refused = REFUSED_NAMES.find((name) => name === node.name || name === textOf(node))
    const directive = node.type === 'Directive' && isNode(node.value) ? node.value.value : null
    return [
      impurity && `${file}: a pure module knows no ${impurity}`,
      pure && module !== 'units' && isDoubleCast(node) && `${file}: 'as unknown as' could forge a quantity`,
      directive === 'use server' && `${file}: no Server Actions`,
      refused && `${file}: no ${refused}`,
    ].filter((fault): fault is string => typeof fault === 'string')
  })
}

const isDoubleCast = (node: Node): boolean =>
  node.type === 'TSAsExpression' &&
  isNode(node.expression) &&
  node.expression.type === 'TSAsExpression' &&
  isNode(node.expression.typeAnnotation) &&
  node.expression.typeAnnotation.type === 'TSUnknownKeyword'

const faultsOf = (file: string, source: string): string[] => {
  const nodes = nodesOf(source)
  const barrel = /\/index\.tsx?$/.test(file) ? [`${file}: no barrels`] : []
  return [...barrel, ...importFaults(file, nodes), ...contentFaults(file, nodes)]
}

const sources = ROOTS.flatMap((root) =>
  readdirSync(path.join(REPOSITORY, root), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.posix.join(root, file),
  ),
).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file) && !file.startsWith('lib/generated/'))

describe('the architecture', () => {
  it('is kept by every file', () => {
    const faults = sources.flatMap((file) => faultsOf(file, readFileSync(path.join(REPOSITORY, file), 'utf8')))
    expect(faults).toEqual([])
  })

  it('has no cycle between modules', () => {
    const closed = new Set<string>()
    const visit = (module: string, trail: string[]) => {
      expect(trail, [...trail, module].join(' → ')).not.toContain(module)
      if (closed.has(module)) return
      for (const next of MAY_IMPORT[module] ?? [])
        visit(MAY_IMPORT[next] ? next : moduleOf(`lib/${next}`), [...trail, module])
      closed.add(module)
    }
    for (const module of Object.keys(MAY_IMPORT)) visit(module, [])
  })
})

describe('the architecture test', () => {
  it('sees files', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(sources).toContain('lib/accounting/account-day.ts')
  })

  it.each([
    ['lib/accounting/x.ts', "import { pool } from '@/lib/db/pool'"],
    ['lib/accounting/x.ts', "import type { Row } from '../db/pool'"],
    ['lib/accounting/x.ts', "export * from '../ledger/entries'"],
    ['lib/accounting/x.ts', "import { AppError } from '@/lib/errors'"],
    ['lib/accounting/x.ts', "import fs from 'node:fs'"],
    ['lib/accounting/x.ts', "type Row = import('@/lib/db/pool').Row"],
    ['lib/accounting/x.ts', 'const now = Date.now()'],
    ['lib/accounting/x.ts', 'const now = new Date()'],
    ['lib/accounting/x.ts', 'const now = Date()'],
    ['lib/units/x.ts', 'const dice = Math.random()'],
    ['lib/units/x.ts', 'const home = process.env.HOME'],
    ['lib/units/x.ts', 'console.log(1)'],
    ['lib/contracts/x.ts', 'const later = async () => 1'],
    ['lib/contracts/x.ts', "import pg from 'pg'"],
    ['lib/scheduling/policy.ts', "import { pool } from '@/lib/db/pool'"],
    ['lib/rollups/x.ts', "import { accountDay } from '@/lib/accounting/account-day'"],
    ['lib/ledger/x.ts', "import { accountDay } from '@/lib/posting/post-day'"],
    ['lib/posting/x.ts', "const client = await import('@/lib/generated/prisma/client')"],
    ['lib/reports/x.ts', "const client = require('../generated/prisma/client')"],
    ['components/x.tsx', "import { sums } from '@/lib/rollups/sums'"],
    ['app/page.tsx', "import { pool } from '@/lib/db/pool'"],
    ['app/api/x/route.ts', "import { Figure } from '@/components/figures/figure'"],
    ['app/x/page.tsx', "'use server'"],
    ['app/x/page.tsx', 'const act = () => { "use server" }'],
    ['components/x.tsx', 'const x = <p dangerouslySetInnerHTML={{ __html: "" }} />'],
    ['components/x.tsx', 'const x = { dangerouslySetInnerHTML: { __html: "" } }'],
    ['lib/db/x.ts', 'tx.$queryRawUnsafe("select 1")'],
    ['lib/accounting/x.ts', 'const x = 1 as unknown as string'],
    ['lib/ledger/index.ts', 'export const x = 1'],
    ['lib/utils/x.ts', 'export const x = 1'],
    ['lib/ledger/x.ts', "import '@/scripts/start'"],
  ])('refuses in %s: %s', (file, source) => {
    expect(faultsOf(file, source)).toHaveLength(1)
  })

  it.each([
    ['lib/units/x.ts', 'const day = new Date(0)'],
    ['lib/accounting/x.ts', "import { value } from '@/lib/units/quantity'\nimport { accountDay } from './account-day'"],
    ['lib/contracts/x.ts', "import { z } from 'zod'"],
    ['lib/posting/x.ts', "import { log } from '@/lib/log'\nimport { accountDay } from '@/lib/accounting/account-day'"],
    ['lib/rollups/x.ts', "import { Prisma } from '@/lib/generated/prisma/client'"],
    ['app/page.tsx', "import { withOrg } from '@/lib/db/with-org'\nimport './globals.css'"],
    ['components/x.tsx', "'use client'\nimport { useState } from 'react'"],
  ])('lets pass in %s: %s', (file, source) => {
    expect(faultsOf(file, source)).toEqual([])
  })
})
