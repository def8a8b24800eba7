import { BlockList, isIP } from 'node:net'

/** Which addresses an outbound call may reach when the operator said nothing of the host. PURE. */

const V4_REFUSED: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]
/** Inside 2000::/3, which alone is public: special use, 6to4 (which carries any IPv4 address) and documentation. */
const V6_REFUSED: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const refused = new BlockList()
for (const [net, bits] of V4_REFUSED) refused.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of V6_REFUSED) refused.addSubnet(net, bits, 'ipv6')
const public6 = new BlockList()
public6.addSubnet('2000::', 3, 'ipv6')
/** Where clouds answer with the machine's own credentials. */
const metadata = new BlockList()
metadata.addSubnet('169.254.0.0', 16, 'ipv4')
metadata.addSubnet('fe80::', 10, 'ipv6')
metadata.addAddress('fd00:ec2::254', 'ipv6')

const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i

/** `::ffff:7f00:1` is 127.0.0.1. */
const unmapped = (address: string): string => {
  const [, dotted, high, low] = MAPPED.exec(address) ?? []
  if (dotted) return dotted
  if (!high || !low) return address
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join('.')
}

/** False for anything that is not a well-formed address, too. */
export const isPublicAddress = (given: string): boolean => {
  const address = unmapped(given)
  const family = isIP(address)
  if (family === 4) return !refused.check(address, 'ipv4')
  return family === 6 && public6.check(address, 'ipv6') && !refused.check(address, 'ipv6')
}

/** Link-local and metadata addresses stay closed even to a host that the operator allowed by name. */
export const isMetadataAddress = (given: string): boolean => {
  const address = unmapped(given)
  const family = isIP(address)
  return family !== 0 && metadata.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
