// Clients that write readings and keep a history: invoked, ok, failed or unknown, as the reply said (Jepsen's way).
import { appendFileSync } from 'node:fs'
import { sleep } from '../lib/processes.mjs'

export const READINGS_PER_BATCH = 20
const START = Date.UTC(2026, 0, 5)
const MINUTE = 60_000

/** Batch n of a writer: readings that no other batch has, each of 1 Wh, so that every total is known exactly. */
export const batchOf = (writer, n) => ({
  run: `chaos-${writer}`,
  model: 'chaos-model',
  team: 'chaos-team',
  stage: 'training',
  deployment: 'owned',
  grid_zone: 'DE',
  pue: 1,
  readings: Array.from({ length: READINGS_PER_BATCH }, (_, i) => {
    const start = START + (n * READINGS_PER_BATCH + i) * MINUTE
    const [from, to] = [new Date(start).toISOString(), new Date(start + MINUTE).toISOString()]
    return { meter: 'chaos', kind: 'delta', unit: 'Wh', start: from, at: to, value: 1 }
  }),
})

export const send = async (base, key, batch) => {
  const response = await fetch(`${base}/api/v1/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(batch),
    signal: AbortSignal.timeout(15_000),
  })
  return { status: response.status, answer: await response.json() }
}

/** Writers that go on until `isOver()`. Returns what each batch's reply was. */
export const runWriters = async ({ base, key, writers, historyFile, isOver }) => {
  const outcomes = new Map()
  const note = (writer, n, event, detail) =>
    appendFileSync(historyFile, `${JSON.stringify({ at: Date.now(), writer, n, event, ...detail })}\n`)

  const write = async (writer) => {
    for (let n = 0; !isOver(); n++) {
      note(writer, n, 'invoke')
      const outcome = await attempt(base, key, batchOf(writer, n))
      note(writer, n, outcome.event, outcome.detail)
      outcomes.set(`${writer} ${n}`, outcome.event)
      // A client that is refused waits a little; one whose batch was taken goes on at once.
      if (outcome.event !== 'ok') await sleep(50)
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  return outcomes
}

const attempt = async (base, key, batch) => {
  try {
    const { status, answer } = await send(base, key, batch)
    if (status === 200) {
      const whole = answer.accepted + answer.duplicate === READINGS_PER_BATCH && answer.rejected.length === 0
      return { event: whole ? 'ok' : 'partial', detail: { answer } }
    }
    // A 5xx says that nothing was stored, but the connection may have gone during commit: only the books know.
    return { event: status >= 500 ? 'unknown' : 'fail', detail: { status } }
  } catch (error) {
    return { event: 'unknown', detail: { error: error.cause?.code ?? error.name } }
  }
}
