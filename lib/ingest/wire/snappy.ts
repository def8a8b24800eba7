import { AppError } from '@/lib/errors'
import { malformed } from './protobuf'

/**
 * Snappy's block format (google/snappy format_description.txt) → bytes. The length that the block announces is held against
 * `maxBytes` before anything is allocated: seven bytes may announce a gigabyte.
 * @throws AppError body_too_large, malformed_body
 */
export const snappyDecompress = (input: Buffer, maxBytes: number): Buffer => {
  let at = 0
  let size = 0
  for (let scale = 1; ; scale *= 0x80) {
    const byte = input[at++]
    if (byte === undefined || scale > 2 ** 28) throw malformed('its snappy length is not a number')
    size += (byte & 0x7f) * scale
    if (byte < 0x80) break
  }
  if (size > maxBytes) throw new AppError('body_too_large', 'The body is larger than 16 MiB. Send it in parts.')
  // A block cannot expand more than about 64 bytes for 3: what announces more is a lie, refused before it costs memory.
  if (size > input.length * 22 + 64) throw malformed('it announces more than snappy can hold in its length')
  const output = Buffer.allocUnsafe(size)
  let written = 0

  const copy = (distance: number, length: number) => {
    if (distance === 0 || distance > written) throw malformed('snappy refers to bytes before its start')
    if (written + length > size) throw malformed('snappy holds more than it announces')
    if (distance >= length) output.copyWithin(written, written - distance, written - distance + length)
    else for (let i = 0; i < length; i += 1) output[written + i] = output[written + i - distance] as number
    written += length
  }
  const byteAt = (offset: number): number => {
    const byte = input[offset]
    if (byte === undefined) throw malformed('snappy ends inside an element')
    return byte
  }

  while (at < input.length) {
    const tag = byteAt(at++)
    const kind = tag & 3
    if (kind === 0) {
      let length = (tag >> 2) + 1
      if (length > 60) {
        const extra = length - 60
        length = 1
        for (let i = 0; i < extra; i += 1) length += byteAt(at + i) * 256 ** i
        at += extra
      }
      if (at + length > input.length || written + length > size) throw malformed('a snappy literal is too long')
      if (length <= 16) for (let i = 0; i < length; i += 1) output[written + i] = input[at + i] as number
      else input.copy(output, written, at, at + length)
      at += length
      written += length
    } else if (kind === 1) {
      copy(((tag >> 5) << 8) | byteAt(at), ((tag >> 2) & 7) + 4)
      at += 1
    } else if (kind === 2) {
      copy(byteAt(at) | (byteAt(at + 1) << 8), (tag >> 2) + 1)
      at += 2
    } else {
      copy(byteAt(at) + byteAt(at + 1) * 256 + byteAt(at + 2) * 65_536 + byteAt(at + 3) * 16_777_216, (tag >> 2) + 1)
      at += 4
    }
  }
  if (written !== size) throw malformed('snappy holds less than it announces')
  return output
}
