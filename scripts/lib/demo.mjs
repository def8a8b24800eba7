import { existsSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { dataFolder, ROOT } from './folders.mjs'
import { spawnTied } from './processes.mjs'
import { Refusal } from './refusal.mjs'
import { typescriptArguments } from './run-typescript.mjs'

const SCRIPT = 'scripts/seed-demo.ts'
const LOOK_EVERY_MS = 250

const markerOf = (folder) => path.join(folder, 'demo-seeded')

/** Whether the demo organisation is wanted and not yet filled. */
export const isDemoDue = () =>
  process.env.WATTLEDGER_DEMO !== 'off' && !existsSync(markerOf(dataFolder())) && existsSync(path.join(ROOT, SCRIPT))

/** Fills the demo organisation once per data folder, behind a web and a worker that already serve. */
export async function seedDemo(env, running, onSignIn) {
  const folder = dataFolder()
  const signIn = path.join(folder, 'demo-sign-in.txt')
  let wasShown = false
  const look = () => {
    if (wasShown || !existsSync(signIn)) return
    wasShown = true
    onSignIn()
  }
  console.log('Filling the demo organisation in the background …')
  const since = performance.now()
  const seed = spawnTied(typescriptArguments(SCRIPT), env)
  os.setPriority(seed.pid, os.constants.priority.PRIORITY_LOW)
  running.children.add(seed)
  const looking = setInterval(look, LOOK_EVERY_MS)
  const code = await new Promise((resolve) => seed.on('exit', (exit, signal) => resolve(exit ?? signal)))
  clearInterval(looking)
  running.children.delete(seed)
  if (running.isStopping) return
  if (code !== 0) throw new Refusal(`The demo organisation was not filled (${code}); the next start tries again.`)
  look()
  writeFileSync(markerOf(folder), `${new Date().toISOString()}\n`)
  console.log(`The demo organisation is filled (${((performance.now() - since) / 1000).toFixed(1)} s).`)
}
