import { describe, expect, test } from 'vitest'
import type { Asset } from '@/lib/contracts/assets'
import { assetBooks } from './asset-book'
import type { HardwareUse } from './hardware-use'

const asset = (name: string, fields: Partial<Asset> = {}): Asset => ({
  asset_id: name,
  name,
  hardware: 'H100 SXM5 80GB',
  kind: 'server',
  site: 'fra-2',
  units: 10,
  devices_per_unit: 8,
  purchased_on: '2024-01-01',
  in_service_on: '2024-01-01',
  retired_on: null,
  retirement: null,
  is_second_life: false,
  life_years: 4,
  planned_use: 1,
  embodied_kg: 1312,
  embodied_basis: 'pcf',
  embodied_source: 'NVIDIA',
  embodied_factor: null,
  embodied_u95: null,
  mass_kg: null,
  tdp_w: null,
  idle_w: null,
  peak_tflops: null,
  note: null,
  removed_at: null,
  ...fields,
})
const use = (fields: Partial<HardwareUse> = {}): HardwareUse => ({
  hardware: 'h100-sxm5-80gb',
  hardware_key: 'h100-sxm5-80gb',
  site: 'fra-2',
  is_rented: false,
  month: '2025-02',
  embodied_mg: 100_000_001n,
  it_uwh: 1n,
  device_hours: 21_000,
  workloads: 3,
  ...fields,
})
const FEBRUARY = { from: '2025-02-01', to: '2025-03-01' }

describe('what ran off', () => {
  test('is straight line by hours, and is carried by workloads or shown as idle', () => {
    const { books } = assetBooks([asset('a')], [use()], FEBRUARY)
    const [book] = books
    // 13,120 kg × 672 h ÷ 35,040 h
    expect(book?.run_off_mg).toBe(251_616_438n)
    expect(book?.allocated_mg).toBe(100_000_001n)
    expect((book?.allocated_mg ?? 0n) + (book?.idle_mg ?? 0n)).toBe(book?.run_off_mg)
    expect(book?.excess_mg).toBe(0n)
    expect(book?.available_hours).toBe(672 * 80)
    expect(book?.kg_per_device_hour).toBeCloseTo(164 / 35_040, 12)
  })

  test('a pool is shared by run-off, to the last milligram', () => {
    const pool = [asset('a'), asset('b', { units: 5 }), asset('c', { embodied_kg: 1 })]
    const { books, unregistered } = assetBooks(pool, [use()], FEBRUARY)
    const parts = books.map(({ allocated_mg }) => allocated_mg ?? 0n)
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(100_000_001n)
    expect(Number(parts[0]) / Number(parts[1])).toBeCloseTo(2, 4)
    expect(unregistered).toEqual([])
  })

  test('workloads that hold more than is registered leave an excess and no idle below zero', () => {
    const { books } = assetBooks([asset('a')], [use({ embodied_mg: 300_000_000n })], FEBRUARY)
    expect(books[0]).toMatchObject({ idle_mg: 0n, excess_mg: 48_383_562n })
  })

  test('months at the ends of a window count their days alone, and windows add up', () => {
    const split = [
      { from: '2025-02-01', to: '2025-02-11' },
      { from: '2025-02-11', to: '2025-03-01' },
    ].map((window) => assetBooks([asset('a')], [], window).books[0]?.run_off_mg ?? 0n)
    const whole = assetBooks([asset('a')], [], FEBRUARY).books[0]?.run_off_mg ?? 0n
    expect(Number(whole - (split[0] as bigint) - (split[1] as bigint))).toBeLessThanOrEqual(1)
  })
})

describe('what is not known', () => {
  test('an asset without an embodied value has null, never 0; its use is told', () => {
    const [book] = assetBooks([asset('a', { embodied_kg: null, embodied_basis: null })], [use()], FEBRUARY).books
    expect(book).toMatchObject({
      whole_mg: null,
      run_off_mg: null,
      idle_mg: null,
      left_mg: null,
      kg_per_device_hour: null,
    })
    expect(book?.allocated_mg).toBe(100_000_001n)
    expect(book?.used_hours).toBe(21_000)
  })

  test('rented machines and hardware of another place are in nobody’s asset, and are named', () => {
    const uses = [use({ is_rented: true }), use({ site: 'kef-1' }), use({ hardware_key: 'l40s' })]
    const { books, unregistered } = assetBooks([asset('a')], uses, FEBRUARY)
    expect(books[0]?.allocated_mg).toBe(0n)
    expect(unregistered).toEqual(uses)
  })
})

test('a retired asset has nothing left here, and none of its later hours', () => {
  const sold = asset('a', { retired_on: '2025-02-11', retirement: 'second_life' })
  const [book] = assetBooks([sold], [], FEBRUARY).books
  expect(book?.available_hours).toBe(10 * 24 * 80)
  expect(book?.left_mg).toBeNull()
})
