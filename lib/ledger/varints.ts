import { invariant } from '@/lib/errors'

/** Ten bytes hold any 64-bit varint; our integers stay below 2^53, so eight do. */
const MAX_VARINT = 8

/** Bytes that grow as they are written. */
export class Writer {
  private bytes: Buffer
  length = 0
  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafe(capacity)
  }
  private reserve(size: number) {
    if (this.length + size <= this.bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size))
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }
  varint(value: number) {
    if (this.length + MAX_VARINT > this.bytes.length) this.reserve(MAX_VARINT)
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.bytes[this.length++] = rest
  }
  /** Small magnitudes of either sign stay short. */
  signed(value: number) {
    this.varint(value >= 0 ? value * 2 : -value * 2 - 1)
  }
  byte(value: number) {
    this.reserve(1)
    this.bytes[this.length++] = value
  }
  double(value: number) {
    this.reserve(8)
    this.bytes.writeDoubleLE(value, this.length)
    this.length += 8
  }
  done(): Buffer {
    return this.bytes.subarray(0, this.length)
  }
}

/** Reads what a Writer wrote; what was cut is refused, never read as less. */
export class Reader {
  private offset = 0
  constructor(private readonly bytes: Buffer) {}
  varint(): number {
    const first = this.bytes[this.offset++]
    invariant(first !== undefined, 'a stored batch ends inside a number')
    if (first < 0x80) return first
    let value = first & 0x7f
    for (let scale = 0x80; ; scale *= 0x80) {
      const byte = this.bytes[this.offset++]
      invariant(byte !== undefined, 'a stored batch ends inside a number')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  signed(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  byte(): number {
    const byte = this.bytes[this.offset++]
    invariant(byte !== undefined, 'a stored batch ends before it is whole')
    return byte
  }
  double(): number {
    const value = this.bytes.readDoubleLE(this.offset)
    this.offset += 8
    return value
  }
}
