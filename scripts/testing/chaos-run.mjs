// Comes in: --cycles=40 --writers=8 --mutant=async-commit --keep. Goes out: a history file, a table of counts, and exit 1 when an
// acknowledged reading is lost. The mutant must lose some: a test that has never failed proves nothing.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../lib/folders.mjs'
import { runQuietly, sleep } from '../lib/processes.mjs'
import { typescriptArguments } from '../lib/run-typescript.mjs'
import { startSystem } from './chaos-system.mjs'
import { batchOf, READINGS_PER_BATCH, runWriters, send } from './chaos-writers.mjs'

const TARGETS = ['web', 'database', 'worker', 'database', 'backend']

export const main = async () => {
  const { values } = parseArgs({
    options: {
      cycles: { type: 'string', default: '20' },
      writers: { type: 'string', default: '8' },
      mutant: { type: 'string' },
    },
  })
  if (values.mutant && values.mutant !== 'async-commit') throw new Error(`There is no mutant ${values.mutant}.`)
  const flags = values.mutant ? ['-c', 'synchronous_commit=off'] : []
  const history = path.join(ROOT, 'chaos-history', `${new Date().toISOString().replaceAll(':', '-')}.jsonl`)
  mkdirSync(path.dirname(history), { recursive: true })

  const system = await startSystem({ flags, say: console.log })
  try {
    const key = await prepareOrganization(system)
    await untilReady(system, Boolean(values.mutant))
    const startedAt = Date.now()
    const { outcomes, kills } = await storm(system, key, Number(values.cycles), Number(values.writers), history)
    await untilReady(system, Boolean(values.mutant))
    const books = await readBooks(system)
    const verdict = judge(outcomes, books)
    console.table({ ...verdict, kills: kills.length, seconds: Math.round((Date.now() - startedAt) / 1000) })
    console.log(`History: ${path.relative(ROOT, history)}`)
    if (values.mutant) {
      console.log(
        verdict.lost > 0 ? 'The mutant lost readings: the harness can see a loss.' : 'The mutant lost nothing.',
      )
      return verdict.lost > 0 ? 0 : 1
    }
    const totals = await retryAllAndCompare(system, key, outcomes)
    console.table(totals)
    const holds =
      verdict.lost === 0 && verdict.partial === 0 && verdict.invented === 0 && totals.postedWh === totals.expectedWh
    console.log(holds ? 'Nothing acknowledged was lost.' : 'The promise is broken; see the history.')
    return holds ? 0 : 1
  } finally {
    await system.stop()
  }
}

const prepareOrganization = async ({ env }) => {
  const run = (file, args) =>
    runQuietly(process.execPath, typescriptArguments(file, args), { cwd: ROOT, env, refusal: `${file} failed` })
  await run('scripts/create-org.ts', ['--slug', 'chaos', '--name', 'Chaos', '--email', 'chaos@example.com'])
  return (await run('scripts/api-key.ts', ['--org', 'chaos', '--scope', 'ingest,read'])).trim()
}

/** Ready means that acknowledged is durable; the mutant never is, so there an answer is enough. */
const untilReady = async ({ base, logFile }, anyAnswer) => {
  for (let look = 0; look < 300; look++) {
    const response = await fetch(`${base}/api/ready`).catch(() => null)
    if (response?.ok || (anyAnswer && response)) return
    await sleep(200)
  }
  throw new Error(`The system did not become ready within a minute; see ${logFile}.`)
}

const storm = async (system, key, cycles, writers, historyFile) => {
  let over = false
  const kills = []
  const writing = runWriters({ base: system.base, key, writers, historyFile, isOver: () => over })
  for (let cycle = 0; cycle < cycles; cycle++) {
    await sleep(700 + Math.random() * 900)
    const target = TARGETS[cycle % TARGETS.length]
    await system.kill(target)
    kills.push(target)
    process.stdout.write(`\rkill ${cycle + 1} of ${cycles}: ${target}        `)
  }
  await sleep(1500)
  over = true
  process.stdout.write('\n')
  return { outcomes: await writing, kills }
}

/** Readings in the books by writer and batch number, read from the evidence itself. */
const readBooks = async ({ env }) => {
  const args = typescriptArguments('scripts/testing/chaos-books.ts')
  return JSON.parse(await runQuietly(process.execPath, args, { cwd: ROOT, env, refusal: 'Reading the books failed' }))
}

const judge = (outcomes, books) => {
  const counts = { acknowledged: 0, refused: 0, unknown: 0, unknownButStored: 0, lost: 0, partial: 0, invented: 0 }
  for (const [batch, event] of outcomes) {
    const stored = books[batch] ?? 0
    if (stored > 0 && stored < READINGS_PER_BATCH) counts.partial++
    if (event === 'ok') {
      counts.acknowledged++
      if (stored < READINGS_PER_BATCH) counts.lost++
    } else if (event === 'unknown') {
      counts.unknown++
      if (stored > 0) counts.unknownButStored++
    } else {
      counts.refused++
      if (stored > 0) counts.invented++
    }
  }
  for (const batch of Object.keys(books)) if (!outcomes.has(batch)) counts.invented++
  return counts
}

/** Every batch sent once more, whatever was said of it: the posted total must be each reading exactly once. */
const retryAllAndCompare = async ({ base }, key, outcomes) => {
  for (const batch of outcomes.keys()) {
    const [writer, n] = batch.split(' ').map(Number)
    const { status } = await send(base, key, batchOf(writer, n))
    if (status !== 200) throw new Error(`Retrying batch ${batch} answered ${status}.`)
  }
  const expectedWh = outcomes.size * READINGS_PER_BATCH
  const question = `${base}/api/v1/emissions?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`
  let postedWh = Number.NaN
  for (let look = 0; look < 240 && postedWh !== expectedWh; look++) {
    await sleep(500)
    const answer = await (await fetch(question, { headers: { authorization: `Bearer ${key}` } })).json()
    postedWh = Math.round(answer.total.energy_kwh * 1e6) / 1e3
  }
  return { batches: outcomes.size, expectedWh, postedWh }
}
