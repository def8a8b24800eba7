import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AssetFields } from '@/lib/contracts/assets'
import type { InstrumentFields } from '@/lib/contracts/instruments'
import { closePools, workerPool } from '@/lib/db/pool'
import { withOrgSql } from '@/lib/db/with-org-sql'
import { ingestReadings } from '@/lib/ingest/native'
import { createAsset, editAsset } from '@/lib/registry/assets'
import { addInstrument, editInstrument } from '@/lib/registry/edit-instrument'
import { importAssets } from '@/lib/registry/import-assets'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { createTestOrganization, postAll, type TestOrganization, useDatabase } from '@/scripts/testing/organization'

let database: TestDatabase
let org: TestOrganization
beforeAll(async () => {
  database = await createTestDatabase()
  useDatabase(database)
  org = await createTestOrganization(database, 'versions')
})
afterAll(async () => {
  await closePools()
  await database.drop()
})

const BY = { kind: 'system', id: 'test' } as const

const BOXES: AssetFields = {
  ...{ name: 'Boxes', hardware: 'Box', kind: 'server', site: null, units: 2, devices_per_unit: 1 },
  ...{ purchased_on: '2024-01-01', in_service_on: '2024-01-01', retired_on: null, retirement: null },
  ...{ is_second_life: false, life_years: 5, planned_use: 1, embodied_kg: 1300, embodied_basis: 'pcf' },
  ...{ embodied_source: 'Maker', embodied_factor: null, embodied_u95: null, mass_kg: null, tdp_w: null },
  ...{ idle_w: null, peak_tflops: null, note: null },
}

const CONTRACT: InstrumentFields = {
  ...{ kind: 'supplier_rate', name: 'Contract', market: 'DE', site: null, mwh: null, g_per_kwh: 12, technology: null },
  ...{ tracking_system: null, serial: null, vintage_from: '2024-01-01', vintage_to: '2025-01-01', cancelled_on: null },
  ...{ cancelled_for: null, conveys_attribute: true, sole_claim: true, hourly_profile: null, evidence: 'contract 7' },
}

const versionsNoted = () =>
  withOrgSql(workerPool(), org.orgId, async (tx) => {
    const { rows } = await tx.query<{ kind: string; version: number }>(
      `select split_part(f ->> 'id', ':', 1) as kind, (f ->> 'version')::int as version
       from entry e cross join lateral jsonb_array_elements(e.factors) f
       where e.is_current and f ->> 'id' ~ '^(asset|instrument):' order by 1`,
    )
    return Object.fromEntries(rows.map(({ kind, version }) => [kind, version]))
  })

test('an entry notes which content of an asset and of a contract it used: one version for each edit, by hand or by file', async () => {
  const { asset_id: assetId } = await createAsset(org.orgId, BOXES, BY)
  const { instrument } = await addInstrument(org.orgId, CONTRACT, BY)
  await ingestReadings(
    { orgId: org.orgId, keyId: null, idempotencyKey: null },
    {
      ...{ run: 'r', team: 't', model: 'm', stage: 'training', site: 'hall', grid_zone: 'DE', deployment: 'owned' },
      hardware: 'box',
      readings: [
        {
          ...{ meter: 'gpu0', kind: 'delta', unit: 'kWh', boundary: 'it', value: 6 },
          ...{ start: '2024-05-01T10:00:00Z', at: '2024-05-01T11:00:00Z' },
        },
      ],
    },
  )
  await postAll()
  expect(await versionsNoted()).toEqual({ asset: 1, instrument: 1 })

  await editAsset(org.orgId, assetId, { ...BOXES, embodied_kg: 1400 }, BY)
  await editInstrument(org.orgId, instrument.instrument_id, { ...CONTRACT, g_per_kwh: 15 }, BY)
  await postAll()
  expect(await versionsNoted()).toEqual({ asset: 2, instrument: 2 })

  await importAssets(org.orgId, BY, {
    dryRun: false,
    bytes: Buffer.from(
      `asset_id,name,hardware,kind,units,purchased_on,in_service_on,embodied_kg,embodied_basis,embodied_source\n${assetId},Boxes,Box,server,2,2024-01-01,2024-01-01,1500,pcf,Maker`,
    ),
  })
  await postAll()
  expect(await versionsNoted()).toEqual({ asset: 3, instrument: 2 })
})
