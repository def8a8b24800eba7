import { headers } from 'next/headers'

/** The address that senders use, as this page was asked for. */
export const originOfRequest = async (): Promise<string> => {
  const asked = await headers()
  const host = asked.get('host') ?? 'localhost'
  return `${asked.get('x-forwarded-proto') ?? (/^(localhost|127\.)/.test(host) ? 'http' : 'https')}://${host}`
}
