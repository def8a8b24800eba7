import { NEXT } from './next-build.mjs'
import { isPortFree } from './ports.mjs'
import { Refusal } from './refusal.mjs'

/** PORT and HOST, checked; only this machine is served unless HOST says otherwise. */
export async function listenAddress() {
  const host = process.env.HOST || '127.0.0.1'
  const text = process.env.PORT || '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) throw new Refusal(`PORT must be 1 to 65535, not ${text}.`)
  if (!(await isPortFree(port, host))) {
    throw new Refusal(`Port ${port} is taken or may not be used on ${host}; name another in PORT.`)
  }
  return { host, port }
}

export const webArguments = ({ host, port }) => [NEXT, 'start', '-H', host, '-p', String(port)]
