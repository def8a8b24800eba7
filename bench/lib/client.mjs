// Senders over HTTP: one keep-alive connection a stream, one request after the other on it, as a shard of Prometheus does.
import { Agent, request } from 'node:http'

/**
 * @param {{ url: string, headers: Record<string, string>, streams: { body: Buffer, samples: number }[][], untilMs: number }} work
 * @returns {Promise<{ samples: number, requests: number, failed: number, firstFailure: string, ms: number, latencies: number[], bytes: number }>}
 */
export async function sendStreams({ url, headers, streams, untilMs }) {
  const agent = new Agent({ keepAlive: true, maxSockets: streams.length })
  const answer = { samples: 0, requests: 0, failed: 0, firstFailure: '', latencies: [], bytes: 0, ms: 0 }
  const since = performance.now()
  const send = async (bodies) => {
    for (const { body, samples } of bodies) {
      // Every loop ends by count or by time, whichever is first.
      if (performance.now() - since > untilMs) return
      const startedAt = performance.now()
      const { status, text } = await post(agent, url, headers, body)
      answer.latencies.push(performance.now() - startedAt)
      answer.requests += 1
      answer.bytes += body.length
      if (status >= 200 && status < 300) answer.samples += samples
      else {
        answer.failed += 1
        answer.firstFailure ||= `${status} ${text.slice(0, 200)}`
      }
    }
  }
  await Promise.all(streams.map(send))
  answer.ms = performance.now() - since
  agent.destroy()
  return answer
}

const post = (agent, url, headers, body) =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      let text = ''
      incoming.setEncoding('utf8')
      incoming.on('data', (piece) => {
        text += piece
      })
      incoming.on('end', () => resolve({ status: incoming.statusCode, text }))
      incoming.on('error', reject)
    })
    outgoing.end(body)
  })
