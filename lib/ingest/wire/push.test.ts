import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/lib/errors'
import { readPrometheusText } from './prometheus-text'
import { decodePush, groupOfPath } from './push'
import type { WireSample, WireSeries } from './wire-series'

describe('text format 0.0.4', () => {
  it('reads types, escapes, empty labels and every number', () => {
    const text = [
      '# HELP a what it is',
      '# TYPE a counter',
      'a{x="1",y="a\\"b\\\\c\\nd",} 1e3',
      'b 0.5\r',
      '  c{ z = "" }   -Inf  ',
      'd NaN',
      '',
    ].join('\n')
    expect(readPrometheusText(text)).toEqual([
      {
        name: 'a',
        labels: [
          { name: 'x', value: '1' },
          { name: 'y', value: 'a"b\\c\nd' },
        ],
        value: 1000,
        temporality: 'cumulative',
      },
      { name: 'b', labels: [], value: 0.5, temporality: 'unknown' },
      { name: 'c', labels: [{ name: 'z', value: '' }], value: Number.NEGATIVE_INFINITY, temporality: 'unknown' },
      { name: 'd', labels: [], value: Number.NaN, temporality: 'unknown' },
    ])
  })

  it.each(['a', 'a 1 1700000000000', 'a{x="1"y="2"} 1', 'a{x=1} 1', 'a{x="1" 1', '1a 1', 'a 0x10', 'a 1,5', '{} 1'])(
    'refuses %j by its line',
    (line) => {
      expect(() => readPrometheusText(`ok 1\n${line}\n`)).toThrow(/line 2/)
    },
  )

  it('reads any text or refuses it by name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-c{}"=,\\ 0-9#\n]*$/)), (text) => {
        try {
          readPrometheusText(text)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the address of a push', () => {
  it('names labels, also in base64', () => {
    expect(groupOfPath('job/some%20job/path@base64/L3Zhci90bXA/empty@base64/=')).toEqual([
      { name: 'job', value: 'some job' },
      { name: 'path', value: '/var/tmp' },
      { name: 'empty', value: '' },
    ])
    expect(groupOfPath('job@base64/YQ==')).toEqual([{ name: 'job', value: 'a' }])
  })

  it.each(['job', 'job/', 'instance/x', 'job/a/b', 'job/a/1x/y', 'job/%zz', 'job@base64/*'])(
    '%s is refused',
    (path) => {
      expect(() => groupOfPath(path)).toThrow(AppError)
    },
  )
})

describe('a push', () => {
  const text = [
    '# TYPE codecarbon_energy_total counter',
    'codecarbon_energy_total{project_name="p",country=""} 0.25',
    '# TYPE codecarbon_energy_created gauge',
    'codecarbon_energy_created{project_name="p",country=""} 1.79e9',
  ].join('\n')

  it('tells since when a counter counts, where the client says so; labels of the address stand', () => {
    const seen: (WireSeries & { samples: WireSample[] })[] = []
    const counts = decodePush('job/p_exp/project_name/q', Buffer.from(text), 1_790_000_060_000, (_, tell, samples) =>
      seen.push({ ...tell(), samples }),
    )
    expect(counts).toEqual({ samples: 2 })
    expect(seen[0]).toEqual({
      metric: 'codecarbon_energy_total',
      labels: [
        { name: 'job', value: 'p_exp' },
        { name: 'project_name', value: 'q' },
      ],
      unit: null,
      temporality: 'cumulative',
      samples: [{ at: 1_790_000_060_000, start: 1_790_000_000_000, value: 0.25 }],
    })
  })

  it('of CodeCarbon, the first of its run, is of the duration before', () => {
    const labelled = (name: string, value: number) => `codecarbon_${name}{project_name="p"} ${value}`
    const startAt = (now: number) => {
      let start: number | null = null
      const body = [labelled('duration', 15), labelled('energy_total', 0.1), labelled('energy_created', 1.79e9)].join(
        '\n',
      )
      decodePush('job/p', Buffer.from(body), now, (_, tell, [sample]) => {
        if (tell().metric === 'codecarbon_energy_total') start = sample?.start ?? null
      })
      return start
    }
    expect(startAt(1_790_000_000_300)).toBe(1_789_999_985_000)
    // Later ones keep the start; the counter was not made anew.
    expect(startAt(1_790_000_030_000)).toBe(1_790_000_000_000)
  })
})
