import net from 'node:net'

/** Whether nobody listens on the port, neither on `host` nor on the loopback. */
export async function isPortFree(port, host = '127.0.0.1') {
  if (await answers(port)) return false
  return (await bind(port, host)) !== null
}

export const freePort = () => bind(0, '127.0.0.1')

export function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port })
    const end = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(2_000, () => end(false))
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}

function bind(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.on('error', () => resolve(null))
    server.listen({ port, host, exclusive: true }, () => {
      const bound = server.address().port
      server.close(() => resolve(bound))
    })
  })
}
