// Each step runs one tool on the whole repository and counts what passed and failed.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildEnvironment } from '../lib/build-only.mjs'
import { ROOT } from '../lib/folders.mjs'
import { ensureBuild, NEXT } from '../lib/next-build.mjs'

const tool = (...segments) => path.join(ROOT, 'node_modules', ...segments)
const BIOME = tool('@biomejs', 'biome', 'bin', 'biome')
const TSC = tool('typescript', 'bin', 'tsc')
const VITEST = tool('vitest', 'vitest.mjs')
const PLAYWRIGHT = tool('@playwright', 'test', 'cli.js')

async function lint({ env }) {
  const colors = process.stdout.isTTY ? [] : ['--colors=off']
  return asOne(await run([BIOME, 'ci', ...colors, '.'], env))
}

async function types({ env }) {
  // The types of the routes are made from app/, and tsc reads them.
  const generated = await run([NEXT, 'typegen'], env)
  return asOne(generated || (await run([TSC, '--noEmit'], env)))
}

async function vitest(project, { env, results }) {
  const file = path.join(results, `${project}.json`)
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run([VITEST, ...args], env)
  return counted(code, file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }))
}

async function build({ env }) {
  await ensureBuild({ env: { ...buildEnvironment(), ...env, NODE_ENV: 'production' } })
  return { passed: 1, failed: 0 }
}

async function e2e({ env, results }) {
  const file = path.join(results, 'e2e.json')
  const code = await run([PLAYWRIGHT, 'test'], { ...env, E2E_RESULTS: file })
  return counted(code, file, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }))
}

/** A runner that failed without a failed test (a file that does not load, no test at all) counts as one failure. */
function counted(code, file, read) {
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const counts = read(JSON.parse(readFileSync(file, 'utf8')))
  return { ...counts, failed: code === 0 ? counts.failed : Math.max(1, counts.failed) }
}

const asOne = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

export const STEPS = {
  lint,
  types,
  unit: (context) => vitest('unit', context),
  db: (context) => vitest('db', context),
  build,
  e2e,
}
