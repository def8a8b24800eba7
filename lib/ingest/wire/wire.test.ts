import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { all, bytes, double, int, nano, snappyLiteral, staleMarker } from './fixtures'
import { decodeOtlpJson } from './otlp-json'
import { decodeOtlpProtobuf } from './otlp-protobuf'
import { decodeRemoteWriteV1 } from './remote-write-v1'
import { decodeRemoteWriteV2 } from './remote-write-v2'
import { snappyDecompress } from './snappy'
import type { SeriesVisitor, WireSample, WireSeries } from './wire-series'

const MIB = 1024 * 1024
const AT = 1_790_000_000_123

const collector = () => {
  const seen: (WireSeries & { samples: WireSample[]; key: string })[] = []
  const visit: SeriesVisitor = (key, series, samples) => seen.push({ ...series(), key, samples })
  return { seen, visit }
}

const label = (name: string, value: string) => bytes(1, all(bytes(1, name), bytes(2, value)))
const power = (...samples: Buffer[]) =>
  bytes(1, all(label('__name__', 'DCGM_FI_DEV_POWER_USAGE'), label('gpu', '0'), label('pod', 'größe'), ...samples))

describe('remote write 1.0', () => {
  it('reads labels and samples; a sample without a value is 0; a stale marker ends the series and is no data', () => {
    const { seen, visit } = collector()
    const body = all(
      power(
        bytes(2, all(double(1, 312.5), int(2, AT))),
        bytes(2, int(2, AT + 1000)),
        bytes(2, all(staleMarker(1), int(2, AT + 2000))),
      ),
      bytes(3, all(int(1, 2), bytes(2, 'up'))),
    )
    const counts = decodeRemoteWriteV1(body, visit)
    expect(counts).toEqual({ series: 1, samples: 2, stale: 1, metadata: 1, histograms: 0, exemplars: 0 })
    expect(seen).toEqual([
      {
        metric: 'DCGM_FI_DEV_POWER_USAGE',
        labels: [
          { name: 'gpu', value: '0' },
          { name: 'pod', value: 'größe' },
        ],
        unit: null,
        temporality: 'unknown',
        key: expect.any(String),
        samples: [
          { at: AT, start: null, value: 312.5 },
          { at: AT + 1000, start: null, value: 0 },
        ],
      },
    ])
  })

  it('gives a series the same key in every request, and two series two keys', () => {
    const { seen, visit } = collector()
    decodeRemoteWriteV1(all(power(bytes(2, all(double(1, 1), int(2, AT)))), power(bytes(2, int(2, AT)))), visit)
    decodeRemoteWriteV1(bytes(1, label('__name__', 'up')), visit)
    expect(seen[0]?.key).toBe(seen[1]?.key)
    expect(seen[2]?.key).not.toBe(seen[0]?.key)
  })

  it('keeps a time before 1970 as it is, so that it can be refused by name', () => {
    const { seen, visit } = collector()
    decodeRemoteWriteV1(power(bytes(2, all(double(1, 5), int(2, -1)))), visit)
    expect(seen[0]?.samples[0]?.at).toBe(-1)
  })
})

describe('remote write 2.0', () => {
  const symbols = ['', '__name__', 'kepler_node_cpu_joules_total', 'node_name', 'n1', 'joules']
  const refs = (...list: number[]) => bytes(1, Buffer.from(list))

  it('resolves symbols, also those that come behind their series, and takes type and unit from the metadata', () => {
    const { seen, visit } = collector()
    const series = bytes(
      5,
      all(
        refs(1, 2, 3, 4),
        bytes(2, all(double(1, 12.5), int(2, AT), int(3, AT - 60_000))),
        bytes(5, all(int(1, 1), int(4, 5))),
      ),
    )
    decodeRemoteWriteV2(all(series, ...symbols.map((text) => bytes(4, text))), visit)
    expect(seen).toMatchObject([
      {
        metric: 'kepler_node_cpu_joules_total',
        labels: [{ name: 'node_name', value: 'n1' }],
        unit: 'joules',
        temporality: 'cumulative',
        samples: [{ at: AT, start: AT - 60_000, value: 12.5 }],
      },
    ])
  })

  it('refuses a reference to a symbol that is not there', () => {
    expect(() => decodeRemoteWriteV2(all(bytes(4, ''), bytes(5, refs(1, 9))), () => undefined)).toThrow(AppError)
  })
})

describe('OTLP', () => {
  const attribute = (key: string, value: string) => all(bytes(1, key), bytes(2, bytes(1, value)))
  const json = {
    resourceMetrics: [
      {
        resource: { attributes: [{ key: 'k8s.pod.name', value: { stringValue: 'train-0' } }] },
        scopeMetrics: [
          {
            metrics: [
              {
                name: 'hw.energy',
                unit: 'J',
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [
                    {
                      attributes: [{ key: 'hw.id', value: { stringValue: 'GPU-1' } }],
                      startTimeUnixNano: String((AT - 60_000) * 1e6),
                      timeUnixNano: `${AT}000001`,
                      asDouble: 3600,
                    },
                  ],
                },
              },
              { name: 'http.duration', histogram: { dataPoints: [{}, {}] } },
            ],
          },
        ],
      },
    ],
  }
  const point = all(nano(2, AT - 60_000), nano(3, AT), double(4, 3600), bytes(7, attribute('hw.id', 'GPU-1')))
  const sum = all(bytes(1, point), int(2, 2), int(3, 1))
  const metrics = all(
    bytes(2, all(bytes(1, 'hw.energy'), bytes(3, 'J'), bytes(7, sum))),
    bytes(2, all(bytes(1, 'http.duration'), bytes(9, all(bytes(1, ''), bytes(1, ''))))),
  )
  // The resource stands behind its metrics: allowed, and some encoders do it.
  const protobuf = bytes(1, all(bytes(2, metrics), bytes(1, bytes(1, attribute('k8s.pod.name', 'train-0')))))

  it('reads the same request alike in both encodings', () => {
    const [left, right] = [collector(), collector()]
    expect(decodeOtlpProtobuf(protobuf, left.visit)).toEqual({ points: 1, unsupported: 2, empty: 0 })
    expect(decodeOtlpJson(json, right.visit)).toEqual({ points: 1, unsupported: 2, empty: 0 })
    expect(left.seen).toEqual(right.seen)
    expect(left.seen).toMatchObject([
      {
        metric: 'hw.energy',
        unit: 'J',
        temporality: 'cumulative',
        labels: [
          { name: 'hw.id', value: 'GPU-1' },
          { name: 'k8s.pod.name', value: 'train-0' },
        ],
        samples: [{ at: AT, start: AT - 60_000, value: 3600 }],
      },
    ])
  })
})

describe('snappy', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => {
        expect(snappyDecompress(snappyLiteral(Buffer.from(content)), MIB).equals(Buffer.from(content))).toBe(true)
      }),
    )
  })

  it('repeats what overlaps itself', () => {
    // "ab" and then 10 bytes from 2 back.
    expect(snappyDecompress(Buffer.from([12, 4, 97, 98, (9 << 2) | 2, 2, 0]), MIB).toString()).toBe('ab'.repeat(6))
  })

  it('refuses a gigabyte announced in a few bytes before it allocates', () => {
    expect(() => snappyDecompress(Buffer.from([0x80, 0x80, 0x80, 0x80, 0x04, 0, 0]), 16 * MIB)).toThrow(/16 MiB/)
    expect(() => snappyDecompress(Buffer.from([0x80, 0x80, 0x40, 0, 97]), 16 * MIB)).toThrow(
      /more than snappy can hold/,
    )
  })
})

describe('any bytes', () => {
  const decoders = { decodeRemoteWriteV1, decodeRemoteWriteV2, decodeOtlpProtobuf }
  const good = all(power(bytes(2, all(double(1, 3), int(2, AT)))), power(bytes(2, int(2, AT))))

  it.each(Object.entries(decoders))('%s reads them or refuses them by name, and never anything else', (_, decode) => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          // A good body with some bytes changed, and cut somewhere.
          fc
            .tuple(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(good.length))
            .map(([changes, cut]) => {
              const copy = Buffer.from(good)
              for (const [at, byte] of changes) copy[at] = byte
              return copy.subarray(0, cut)
            }),
        ),
        (body) => {
          try {
            decode(Buffer.from(body), (_key, series) => void series())
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        },
      ),
      { numRuns: 4000 },
    )
  })
})
