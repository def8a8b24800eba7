import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { withFileLock } from './file-lock.mjs'
import { ROOT } from './folders.mjs'
import { runQuietly } from './processes.mjs'
import { progress } from './progress.mjs'
import { hashSources } from './source-hash.mjs'

export const NEXT = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next')
const STAMP = path.join(ROOT, '.next', 'wattledger-sources')
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'facts',
  'prisma/schema.prisma',
  'next.config.js',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]
// Tests and the generated client (made from the schema) do not change what is served.
const isIgnored = (name) => name === 'lib/generated' || /\.test\.tsx?$/.test(name)

/** Builds the web application when the build is missing or made from other sources. */
export async function ensureBuild({ env, say = console.log, force = false }) {
  const caches = path.join(ROOT, 'node_modules', '.cache')
  mkdirSync(caches, { recursive: true })
  await withFileLock(path.join(caches, 'wattledger-build.lock'), async () => {
    const wanted = hashSources(SOURCES, isIgnored)
    const isFresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
    if (isFresh && !force) return
    rmSync(STAMP, { force: true })
    await progress('Building the web application (next build)', () => build(env), say)
    writeFileSync(STAMP, wanted)
  })
}

const build = (env) => runQuietly(process.execPath, [NEXT, 'build'], { cwd: ROOT, env, refusal: 'next build failed' })
