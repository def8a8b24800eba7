import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/scripts/testing/database'
import { shippedTables } from './fixtures'
import { loadReference, SHARED_OWNER } from './load-reference'
import { type ReferenceFiles, readReferenceFiles } from './reference-files'
import { forgetReferenceTables, loadReferenceTables, readReferenceTables } from './reference-tables'

let database: TestDatabase
let owner: pg.Client
let web: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client(database.ownerUrl)
  web = new pg.Client(database.appUrl)
  await owner.connect()
  await web.connect()
})
afterAll(async () => {
  await owner?.end()
  await web?.end()
  await database?.drop()
})
beforeEach(forgetReferenceTables)

const versionsOf = async (id: string) => {
  const { rows } = await web.query(
    'select version, value, status from factor_version where owner_id = $1 and factor_id = $2 order by version',
    [SHARED_OWNER, id],
  )
  return rows.map((row) => [row.version, row.value, row.status])
}

const files = readReferenceFiles()
const withGermany = (change: Partial<ReferenceFiles['direct'][number]>): ReferenceFiles => ({
  ...files,
  direct: files.direct.map((row) => (row.zone_em === 'DE' && row.year === 2023 ? { ...row, ...change } : row)),
})

describe('loadReference', () => {
  it('writes everything once, and nothing the second time', async () => {
    const first = await loadReference(owner)
    const again = await loadReference(owner)
    expect(again).toEqual({ ...first, newVersions: 0, withdrawn: 0, keptDescriptions: [] })
    const { rows } = await web.query('select count(*)::int as versions, max(version) as newest from factor_version')
    expect(rows).toEqual([{ versions: again.factors, newest: 1 }])
    expect(again.cloudRegions).toBe(124)
  })

  it('is read by the web as the files say it, without an organisation', async () => {
    const read = await readReferenceTables(web)
    const shipped = shippedTables()
    expect([...read.factors.keys()].sort()).toEqual([...shipped.factors.keys()].sort())
    for (const [id, factor] of shipped.factors) expect(read.factors.get(id)).toEqual(factor)
    expect(read.cloudRegions).toEqual(shipped.cloudRegions)
    expect(read.zones).toEqual(shipped.zones)
    expect([read.countryAliases, read.egridAliases]).toEqual([shipped.countryAliases, shipped.egridAliases])
  })

  it('gives a changed factor its next version and keeps the old one', async () => {
    const changed = await loadReference(owner, withGermany({ g_per_kwh: 331, status: 'verified' }))
    expect(changed.newVersions).toBe(1)
    expect(await versionsOf('grid-direct:DE:2023:eea')).toEqual([
      [1, 329, 'verified-secondary'],
      [2, 331, 'verified'],
    ])
    expect((await readReferenceTables(web)).factors.get('grid-direct:DE:2023:eea')).toMatchObject({
      value: 331,
      factor: { version: 2 },
    })
    expect((await loadReference(owner)).newVersions).toBe(1)
    expect((await versionsOf('grid-direct:DE:2023:eea')).at(-1)).toEqual([3, 329, 'verified-secondary'])
  })

  it('withdraws what is no longer shipped, once, and takes it back when it is', async () => {
    const without = { ...files, direct: files.direct.filter((row) => row.zone_em !== 'NZ') }
    expect(await loadReference(owner, without)).toMatchObject({ withdrawn: 2, newVersions: 2 })
    expect(await loadReference(owner, without)).toMatchObject({ withdrawn: 0, newVersions: 0 })
    expect((await readReferenceTables(web)).factors.has('grid-direct:NZ:2025:mfe')).toBe(false)
    expect(await loadReference(owner)).toMatchObject({ withdrawn: 0, newVersions: 2 })
    expect((await readReferenceTables(web)).factors.get('grid-direct:NZ:2025:mfe')?.factor.version).toBe(3)
  })

  it('brings a moved cloud region up to date in place', async () => {
    const moved = files.cloudRegions.map((row) => (row.region === 'eu-west-1' ? { ...row, grid_zone_em: 'GB' } : row))
    await loadReference(owner, { ...files, cloudRegions: moved })
    expect((await readReferenceTables(web)).cloudRegions.get('aws:eu-west-1')?.zone).toBe('GB')
    await loadReference(owner)
    expect((await readReferenceTables(web)).cloudRegions.get('aws:eu-west-1')?.zone).toBe('IE')
  })

  it('leaves nothing behind when it fails halfway', async () => {
    const before = await versionsOf('grid-direct:FR:2023:eea')
    const faulty = withGermany({ g_per_kwh: null })
    await expect(loadReference(owner, faulty)).rejects.toThrow(/check/)
    expect(await versionsOf('grid-direct:FR:2023:eea')).toEqual(before)
    expect((await loadReference(owner)).newVersions).toBe(0)
  })

  it('is not open to the web', async () => {
    await expect(loadReference(web)).rejects.toThrow(/permission denied|row-level security/)
  })
})

describe('loadReferenceTables', () => {
  it('asks the database once for callers that come together and later', async () => {
    let asked = 0
    const counting = {
      query: (...args: Parameters<typeof web.query>) => {
        asked += 1
        return web.query(...args)
      },
    }
    const [a, b] = await Promise.all([
      loadReferenceTables(counting as typeof web),
      loadReferenceTables(counting as typeof web),
    ])
    const c = await loadReferenceTables(counting as typeof web)
    expect([a === b, b === c, asked]).toEqual([true, true, 4])
  })
})
