import { expect, test } from 'vitest'
import type { ScopeHours } from '@/lib/rollups/scope-hours'
import type { StatementAsset } from '@/lib/rollups/statement-assets'
import { bridgeOf } from './statement-memos'

const SERVERS = {
  units: 10,
  purchased_on: '2024-12-01',
  in_service_on: '2025-01-01',
  retired_on: null,
  life_years: 5,
  embodied_kg: 1000,
} as StatementAsset
const carried = (deployment: string, embodied_mg: bigint, registered_mg: bigint | null) =>
  ({ deployment, embodied_mg, registered_mg }) as ScopeHours

test('hardware of a cloud is no part of the run-off of one’s own: what stands idle does not shrink by it', () => {
  const hours = [carried('owned', 800_000_000n, 800_000_000n), carried('cloud', 300_000_000n, null)]
  const bridge = bridgeOf(2025, [SERVERS], hours)
  expect(bridge.runOffMg).toBe(2_000_000_000n)
  expect(bridge.workloadsMg).toBe(1_100_000_000n)
  expect(bridge.registeredMg).toBe(800_000_000n)
  expect(bridge.differenceMg).toBe(1_200_000_000n)
})

test('where no workload holds what is registered, all of it stood idle', () => {
  expect(bridgeOf(2025, [SERVERS], []).differenceMg).toBe(2_000_000_000n)
  expect(bridgeOf(2025, [SERVERS], [carried('cloud', 5n, null)]).differenceMg).toBe(2_000_000_000n)
})
