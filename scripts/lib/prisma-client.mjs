import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './folders.mjs'
import { runQuietly } from './processes.mjs'
import { progress } from './progress.mjs'
import { hashSources } from './source-hash.mjs'

const CLIENT = path.join(ROOT, 'lib', 'generated', 'prisma')
const STAMP = path.join(CLIENT, '.generated-from')
const SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']

/** Generates the typed client from the schema when it is missing or older. */
export async function ensurePrismaClient({ say = console.log } = {}) {
  if (!existsSync(path.join(ROOT, 'prisma', 'schema.prisma'))) return
  const wanted = hashSources(SOURCES)
  const isFresh = existsSync(path.join(CLIENT, 'client.ts')) && existsSync(STAMP)
  if (isFresh && readFileSync(STAMP, 'utf8') === wanted) return
  const cli = path.join(ROOT, 'node_modules', 'prisma', 'build', 'index.js')
  await progress('Generating the database client', () => generate(cli), say)
  writeFileSync(STAMP, wanted)
}

const generate = (cli) =>
  runQuietly(process.execPath, [cli, 'generate'], {
    cwd: ROOT,
    refusal: 'prisma generate failed',
    env: {
      ...process.env,
      // Generating never runs the native engine; naming any program keeps the CLI from downloading it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
