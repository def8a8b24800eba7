/** A plain encoder of protocol buffers and of snappy without compression, for tests: written from the formats, not from the decoders. */

const varint = (value: number): number[] => {
  const bytes: number[] = []
  let rest = BigInt(value)
  if (rest < 0n) rest += 2n ** 64n
  do {
    const byte = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? byte | 0x80 : byte)
  } while (rest > 0n)
  return bytes
}

export const int = (field: number, value: number): Buffer => Buffer.from([...varint(field * 8), ...varint(value)])
export const bytes = (field: number, content: Buffer | string): Buffer => {
  const body = Buffer.from(content as string)
  return Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(body.length)]), body])
}
export const double = (field: number, value: number): Buffer => {
  const body = Buffer.alloc(8)
  body.writeDoubleLE(value)
  return Buffer.concat([Buffer.from(varint(field * 8 + 1)), body])
}
export const nano = (field: number, ms: number): Buffer => {
  const body = Buffer.alloc(8)
  body.writeBigUInt64LE(BigInt(ms) * 1_000_000n)
  return Buffer.concat([Buffer.from(varint(field * 8 + 1)), body])
}
export const all = (...parts: Buffer[]): Buffer => Buffer.concat(parts)

/** The stale marker of Prometheus: a NaN with one particular payload. */
export const staleMarker = (field: number): Buffer =>
  Buffer.concat([Buffer.from(varint(field * 8 + 1)), Buffer.from('020000000000f07f', 'hex')])

export const snappyLiteral = (content: Buffer): Buffer => {
  const parts: Buffer[] = [Buffer.from(varint(content.length))]
  for (let at = 0; at < content.length; at += 60) {
    const piece = content.subarray(at, at + 60)
    parts.push(Buffer.from([(piece.length - 1) << 2]), piece)
  }
  return Buffer.concat(parts)
}
