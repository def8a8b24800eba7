import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled } from '../lib/install.mjs'
import { ensurePrismaClient } from '../lib/prisma-client.mjs'
import { Refusal, runCommand, sentence } from '../lib/refusal.mjs'
import { STEPS } from './steps.mjs'

/** Runs the steps, whether or not an earlier one failed, and ends with the plain line `N passed, N failed`. */
export const main = (args) =>
  runCommand(async () => {
    const steps = chosenSteps(args)
    await ensureInstalled()
    const results = mkdtempSync(path.join(os.tmpdir(), 'wattledger-results-'))
    const outcomes = [await outcomeOf('generate', generate)]
    for (const [name, step] of steps)
      outcomes.push(await outcomeOf(name, () => step({ results, env: testEnvironment() })))
    rmSync(results, { recursive: true, force: true })
    return report(outcomes)
  })

function chosenSteps(args) {
  const { values } = parseArgs({ args, options: { only: { type: 'string' } } })
  const names = values.only?.split(',') ?? Object.keys(STEPS)
  const unknown = names.find((name) => !STEPS[name])
  if (unknown) throw new Refusal(`There is no step ${unknown}; the steps are ${Object.keys(STEPS).join(', ')}.`)
  return names.map((name) => [name, STEPS[name]])
}

async function generate() {
  await ensurePrismaClient()
  return { passed: 1, failed: 0 }
}

async function outcomeOf(name, run) {
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
  const since = performance.now()
  let counts
  try {
    counts = await run()
  } catch (error) {
    console.error(sentence(error))
    counts = { passed: 0, failed: 1 }
  }
  return { name, ...counts, seconds: (performance.now() - since) / 1000 }
}

function report(outcomes) {
  const sum = (key) => outcomes.reduce((total, outcome) => total + (outcome[key] ?? 0), 0)
  console.log('\nstep        passed  failed  skipped  seconds')
  for (const { name, passed, failed, skipped = 0, seconds } of outcomes) {
    const cells = [String(passed).padStart(6), String(failed).padStart(6), String(skipped).padStart(7)]
    console.log(`${name.padEnd(10)}  ${cells.join('  ')}  ${seconds.toFixed(1).padStart(7)}`)
  }
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') > 0 ? 1 : 0
}

// The tests bring their own server: a database that this shell happens to name is never touched.
function testEnvironment() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  const ours = /^(ADMIN_|OWNER_|WORKER_)?DATABASE_URL$|^PG|^(PORT|HOST|DATA_DIR|WATTLEDGER_DEMO)$|^NEXTAUTH_|^E2E_/
  for (const name of Object.keys(env)) if (ours.test(name)) delete env[name]
  if (!process.stdout.isTTY) {
    delete env.FORCE_COLOR
    env.NO_COLOR = '1'
  }
  return env
}
