// What the ledger says, asked over the API.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export const settings = () => {
  const { WL_KEY_FILE, WL_BASE = 'http://localhost:3000' } = process.env
  if (!WL_KEY_FILE) throw new Error('WL_KEY_FILE: a file that holds an API key with the scopes ingest and read')
  return { base: WL_BASE, key: readFileSync(WL_KEY_FILE, 'utf8').trim() }
}

const HOUR = 3_600_000

/** IT energy of today's and yesterday's hours, in µWh, by run and site. */
export const energies = async ({ base, key }) => {
  const from = new Date(Math.floor(Date.now() / HOUR) * HOUR - 6 * HOUR).toISOString()
  const to = new Date(Math.floor(Date.now() / HOUR) * HOUR + HOUR).toISOString()
  const url = `${base}/api/v1/emissions?from=${from}&to=${to}&by=run,site`
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  const { rows } = await response.json()
  return rows.map((row) => ({
    ...row,
    uwh: row.energy_uwh ? Number(row.energy_uwh) : Math.round((row.energy_kwh ?? 0) * 1e9),
  }))
}

/**
 * Waits until the ledger says what the sender says, and prints both.
 * @param {{ name: string, uwh: number, of: (rows: object[]) => number }[]} expected
 * @param tolerance µWh: each entry-hour is rounded once
 */
export const compare = async (at, expected, tolerance = 4) => {
  let rows = []
  for (let tries = 0; tries < 40; tries += 1) {
    rows = await energies(at).catch(() => [])
    if (expected.every(({ uwh, of }) => Math.abs(of(rows) - uwh) <= tolerance)) break
    await sleep(1500)
  }
  let wrong = 0
  for (const { name, uwh, of } of expected) {
    const ledger = of(rows)
    const equal = Math.abs(ledger - uwh) <= tolerance
    if (!equal) wrong += 1
    console.log(`${equal ? 'equal ' : 'DIFFERS'} ${name.padEnd(44)} sender ${uwh.toFixed(1)} µWh, ledger ${ledger} µWh`)
  }
  if (wrong > 0) console.log(JSON.stringify(rows.map(({ run, site, uwh }) => ({ run, site, uwh }))))
  return wrong
}

/** Joules → µWh. */
export const microwattHours = (joules) => joules / 0.0036

/** Stops PostgreSQL, the server and each of its connections, and lets it go on after a while. */
export const stopDatabase = async (postmasterPid, seconds) => {
  const { execFileSync } = await import('node:child_process')
  const children = () => {
    try {
      return execFileSync('pgrep', ['-P', String(postmasterPid)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map(Number)
    } catch {
      return []
    }
  }
  const all = [postmasterPid, ...children()]
  for (const pid of all) process.kill(pid, 'SIGSTOP')
  console.log(`database stopped (${all.length} processes) for ${seconds} s`)
  await sleep(seconds * 1000)
  for (const pid of all) process.kill(pid, 'SIGCONT')
  console.log('database goes on')
}
