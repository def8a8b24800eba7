import { isIP } from 'node:net'
import { env } from '@/lib/env'
import { isMetadataAddress, isPublicAddress } from './public-address'

/** Hosts that the operator opened by OUTBOUND_ALLOWED_HOSTS: `mlflow.internal 10.0.3.7:5000`. No tenant can add to it. */
export type AllowedHosts = ReadonlySet<string>

export const allowedHosts = (text: string | undefined = env().OUTBOUND_ALLOWED_HOSTS): AllowedHosts =>
  new Set(
    (text ?? '')
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  )

const bare = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')

export const isAllowedHost = (url: URL, allowed: AllowedHosts): boolean => {
  const host = bare(url.hostname)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return allowed.has(host) || allowed.has(`${host}:${port}`) || allowed.has(`[${host}]:${port}`)
}

/** Why an address may not be dialled for this URL; null when it may. */
export const addressFault = (address: string, url: URL, allowed: AllowedHosts): string | null => {
  const opened = isAllowedHost(url, allowed)
  // Only its very address opens a metadata service, never a name that may point anywhere tomorrow.
  if (isMetadataAddress(address) && !(opened && isIP(bare(url.hostname)) !== 0))
    return `${url.hostname} leads to a link-local address, which is never called`
  if (opened || isPublicAddress(address)) return null
  return `${url.hostname} leads to a private address. The operator allows such a host by OUTBOUND_ALLOWED_HOSTS`
}

/** Why a URL may not be called, as far as its text tells. */
export const urlFault = (url: URL, allowed: AllowedHosts): string | null => {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol} is not called, only http and https`
  if (url.username || url.password) return 'an address must not carry a user name or password'
  // A literal address is dialled without a look-up, so it is judged here.
  return isIP(bare(url.hostname)) === 0 ? null : addressFault(bare(url.hostname), url, allowed)
}
