import { expect, test } from 'vitest'
import { embodiedOf } from '@/lib/factors/embodied-of'
import { shippedTables } from '@/lib/factors/fixtures'
import { hardwareFacts } from './estimate-hardware'
import { termFactorsOf } from './term-factors'

const tables = shippedTables()

test('a footprint of the library has one tier, in the ledger as in an estimate: by what it rests on', () => {
  const tiersOf = (hardware: string) => [
    termFactorsOf(tables).embodiedOf(hardware)?.tier,
    hardwareFacts(tables, { hardware, watts: 1, peak_tflops: 1 }, '').hardware?.embodiedKg?.tier,
    embodiedOf(tables, hardware)?.tier,
  ]
  expect(tiersOf('NVIDIA H100 80GB HBM3')).toEqual([3, 3, 3])
  expect(tiersOf('EPYC 7763')).toEqual([4, 4, 4])
  expect(tiersOf('A100-SXM4-40GB')).toEqual([5, 5, 5])
})
