const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/

/** Where the one who asks sees this service, for links that leave it in a file: https://example.org. */
export const originOf = (request: Request): string => {
  const own = new URL(request.url)
  const first = (name: string) => request.headers.get(name)?.split(',')[0]?.trim()
  const host = first('x-forwarded-host') ?? first('host') ?? own.host
  const said = first('x-forwarded-proto') ?? own.protocol.replace(':', '')
  return `${said === 'https' ? 'https' : 'http'}://${HOST.test(host) ? host : own.host}`
}
