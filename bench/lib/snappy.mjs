// Snappy's block format, written greedily: what a sender's library does, so that wire bytes and the work to read them are real.
const HASH_BITS = 14

/** @param {Buffer} input @returns {Buffer} */
export function snappyCompress(input) {
  const output = Buffer.allocUnsafe(32 + input.length + Math.ceil(input.length / 6))
  let out = 0
  for (let rest = input.length; ; rest = Math.floor(rest / 0x80)) {
    output[out++] = rest >= 0x80 ? (rest % 0x80) | 0x80 : rest
    if (rest < 0x80) break
  }
  const literal = (from, to) => {
    for (let at = from; at < to; ) {
      const length = Math.min(to - at, 65_536)
      if (length <= 60) output[out++] = (length - 1) << 2
      else {
        output[out++] = 61 << 2
        output.writeUInt16LE(length - 1, out)
        out += 2
      }
      out += input.copy(output, out, at, at + length)
      at += length
    }
  }
  const table = new Int32Array(1 << HASH_BITS).fill(-1)
  let from = 0
  for (let at = 0; at + 4 <= input.length; ) {
    const word = input.readUInt32LE(at)
    const hash = Math.imul(word, 0x1e35a7bd) >>> (32 - HASH_BITS)
    const candidate = table[hash]
    table[hash] = at
    if (candidate < 0 || at - candidate > 65_535 || input.readUInt32LE(candidate) !== word) {
      at += 1
      continue
    }
    literal(from, at)
    let length = 4
    while (at + length < input.length && input[candidate + length] === input[at + length]) length += 1
    for (let rest = length; rest > 0; ) {
      const piece = Math.min(rest, 64)
      output[out++] = ((piece - 1) << 2) | 2
      output.writeUInt16LE(at - candidate, out)
      out += 2
      rest -= piece
    }
    at += length
    from = at
  }
  literal(from, input.length)
  return output.subarray(0, out)
}
