import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface DoubleRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: http.IncomingHttpHeaders
  body: string
}

export interface Double {
  url: string
  host: string
  /** Every connection that was opened, whether or not it sent anything. */
  connections: number
  requests: DoubleRequest[]
  close(): Promise<void>
}

/** Stands in for another's server on the loopback: `answer` may write what it likes, or nothing. */
export const startDouble = async (
  answer: (request: DoubleRequest, response: http.ServerResponse) => void,
): Promise<Double> => {
  const requests: DoubleRequest[] = []
  const server = http.createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part) => parts.push(part))
    incoming.on('end', () => {
      const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://double')
      const request = {
        method: incoming.method ?? '',
        path: pathname,
        query: searchParams,
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      }
      requests.push(request)
      answer(request, response)
    })
  })
  let connections = 0
  server.on('connection', () => {
    connections++
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    get connections() {
      return connections
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export const sendJson = (response: http.ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
