import { AppError } from '@/lib/errors'

/** Wire types of protocol buffers. */
export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

export const malformed = (what: string): AppError =>
  new AppError('malformed_body', `The body cannot be decoded: ${what}.`)

/**
 * A cursor over protocol-buffers bytes. Reads in place: nothing is copied until somebody asks for a string. Every length is held
 * against the end of the message that it stands in, so a body that lies about its sizes is refused and never read beyond.
 * @throws AppError malformed_body
 */
export class ProtobufReader {
  /** Field number and wire type of the last tag. */
  field = 0
  wire = 0
  constructor(
    readonly bytes: Buffer,
    public offset = 0,
    public end = bytes.length,
  ) {}

  /** The next tag; false at the end of the message. */
  next(): boolean {
    if (this.offset >= this.end) return false
    const tag = this.varint()
    this.field = Math.floor(tag / 8)
    this.wire = tag % 8
    if (this.field === 0) throw malformed('a field has the number 0')
    return true
  }

  /** An unsigned varint as a double: exact below 2^53, and nothing that we read is larger. */
  varint(): number {
    const { bytes } = this
    let byte = this.byte()
    if (byte < 0x80) return byte
    let value = byte & 0x7f
    for (let scale = 0x80, length = 2; length <= 10; length += 1, scale *= 0x80) {
      byte = this.offset < this.end ? (bytes[this.offset++] as number) : this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw malformed('a number is longer than 64 bits')
  }

  private byte(): number {
    if (this.offset >= this.end) throw malformed('it ends inside a number')
    return this.bytes[this.offset++] as number
  }

  /** An int64: negative ones come as the two's complement of 64 bits. */
  int64(): number {
    const { offset } = this
    const value = this.varint()
    if (value <= Number.MAX_SAFE_INTEGER) return value
    let exact = 0n
    for (let at = offset, shift = 0n; at < this.offset; at += 1, shift += 7n)
      exact |= BigInt((this.bytes[at] as number) & 0x7f) << shift
    return Number(BigInt.asIntN(64, exact))
  }

  double(): number {
    const at = this.take(8)
    return this.bytes.readDoubleLE(at)
  }

  /** Nanoseconds since 1970 as whole milliseconds. */
  unixNano(): number {
    const at = this.take(8)
    return Math.round(this.bytes.readUInt32LE(at + 4) * 4294.967296 + this.bytes.readUInt32LE(at) / 1e6)
  }

  sfixed64(): number {
    const at = this.take(8)
    return this.bytes.readInt32LE(at + 4) * 4294967296 + this.bytes.readUInt32LE(at)
  }

  /** Where the next length-delimited value ends; the cursor stands at its start. */
  length(): number {
    const size = this.varint()
    const end = this.offset + size
    if (end > this.end) throw malformed('a value is longer than the message it stands in')
    return end
  }

  string(): string {
    const end = this.length()
    const text = this.bytes.toString('utf8', this.offset, end)
    this.offset = end
    return text
  }

  private take(size: number): number {
    const at = this.offset
    if (at + size > this.end) throw malformed('it ends inside a number')
    this.offset = at + size
    return at
  }

  /** Reads a message of its own in place; the cursor stands behind it afterwards. */
  message<T>(read: (reader: this) => T): T {
    const { end: outer } = this
    const inner = this.length()
    this.end = inner
    const result = read(this)
    this.offset = inner
    this.end = outer
    return result
  }

  skip(): void {
    switch (this.wire) {
      case VARINT:
        this.varint()
        return
      case FIXED64:
        this.take(8)
        return
      case BYTES:
        this.offset = this.length()
        return
      case FIXED32:
        this.take(4)
        return
      default:
        throw malformed(`wire type ${this.wire} is not known`)
    }
  }

  /** A field that is known must come in its own wire type. */
  expect(wire: number): void {
    if (this.wire !== wire) throw malformed(`field ${this.field} has wire type ${this.wire} where ${wire} belongs`)
  }
}
