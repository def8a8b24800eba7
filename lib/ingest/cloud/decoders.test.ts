import { describe, expect, it } from 'vitest'
import { decodeAws } from './aws'
import { decodeAzure } from './azure'
import { mgPerUnit } from './footprint-line'
import { decodeGoogle } from './google'

const AWS_COLUMNS =
  'last_refresh_timestamp,location,model_version,payer_account_id,product_code,region_code,total_lbm_emissions_unit,total_lbm_emissions_value,total_mbm_emissions_unit,total_mbm_emissions_value,total_scope_1_emissions_unit,total_scope_1_emissions_value,total_scope_2_lbm_emissions_unit,total_scope_2_lbm_emissions_value,total_scope_2_mbm_emissions_unit,total_scope_2_mbm_emissions_value,total_scope_3_lbm_emissions_unit,total_scope_3_lbm_emissions_value,total_scope_3_mbm_emissions_unit,total_scope_3_mbm_emissions_value,usage_account_id,usage_period_end,usage_period_start'
const aws = (unit: string, more = '') =>
  `${AWS_COLUMNS}\n2026-04-21 00:00:00Z,US East,v3.0.0,999,AmazonEC2,us-east-1,${unit},1.5,${unit},0.5,${unit},0.1,${unit},1.1,${unit},0.1,${unit},0.3,${unit},0.3,111122223333,2026-03-31 23:59:59Z,2026-03-01 00:00:00Z\n${more}`

describe('units', () => {
  it('are recognised as providers write them, and never guessed', () => {
    expect(mgPerUnit('MTCO2e')).toBe(1e9)
    expect(mgPerUnit('kgCO2E')).toBe(1e6)
    expect(mgPerUnit('tCO2eq')).toBe(1e9)
    for (const other of ['', 'kg', 'tons', 'kWh', 'lbCO2e']) expect(mgPerUnit(other)).toBeNull()
  })
})

describe('AWS', () => {
  it('reads the 23 columns; tonnes become milligrams once', () => {
    const { lines, refused } = decodeAws(aws('MTCO2e'))
    expect(refused).toEqual([])
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ account: '111122223333', month: '2026-03-01', service: 'AmazonEC2', region: 'us-east-1' },
        ...{ modelVersion: 'v3.0.0', scope1Mg: 100_000_000n, scope2LocationMg: 1_100_000_000n },
        ...{ scope2MarketMg: 100_000_000n, totalLocationMg: 1_500_000_000n, totalMarketMg: 500_000_000n },
      }),
    ])
  })
  it('refuses a unit that it does not know, and a row that stands twice', () => {
    expect(decodeAws(aws('shortTons')).refused[0]).toMatchObject({ line: 2, column: expect.stringContaining('_unit') })
    const twice = aws('MTCO2e').split('\n')
    const { lines, refused } = decodeAws([twice[0], twice[1], twice[1]].join('\n'))
    expect(lines).toHaveLength(1)
    expect(refused[0]?.message).toContain('line 2')
  })
  it('refuses a file that is another export', () => {
    expect(() => decodeAws('a,b\n1,2')).toThrow('The file was not read.')
  })
})

const google = (total: number) => ({
  usage_month: '2026-03-01',
  billing_account_id: 'B-1',
  project: { id: 'training', number: 1 },
  service: { id: '6F81', description: 'Compute Engine' },
  location: { location: 'europe-west4', region: 'europe-west4' },
  carbon_model_version: 12,
  carbon_footprint_kgCO2e: { scope1: 1.25, scope2: { location_based: 100.5, market_based: 10.5 }, scope3: 20.25 },
  carbon_footprint_total_kgCO2e: { location_based: total, market_based: 32 },
})

describe('Google', () => {
  it('reads JSON and CSV alike, in the unit of the column', () => {
    const csv = `usage_month,billing_account_id,project.id,service.description,location.region,carbon_model_version,carbon_footprint_kgCO2e.scope1,carbon_footprint_kgCO2e.scope2.location_based,carbon_footprint_kgCO2e.scope2.market_based,carbon_footprint_kgCO2e.scope3,carbon_footprint_total_kgCO2e.location_based,carbon_footprint_total_kgCO2e.market_based
2026-03-01,B-1,training,Compute Engine,europe-west4,12,1.25,100.5,10.5,20.25,122,32`
    const [fromCsv] = decodeGoogle(csv).lines
    const [fromJson] = decodeGoogle(JSON.stringify(google(122))).lines
    expect(fromJson).toMatchObject({ account: 'training', totalLocationMg: 122_000_000n, totalMarketMg: 32_000_000n })
    expect({ ...fromCsv, line: 0 }).toEqual({ ...fromJson, line: 0 })
  })
  it('refuses a row whose total is not its scopes', () => {
    const { lines, refused } = decodeGoogle(
      `${JSON.stringify(google(122))}\n${JSON.stringify({ ...google(150), usage_month: '2026-04-01' })}`,
    )
    expect(lines).toHaveLength(1)
    expect(refused).toEqual([expect.objectContaining({ line: 2, message: expect.stringContaining('122 kg') })])
  })
})

const SUBSCRIPTION = '0f1e2d3c-0000-4000-8000-000000000001'
const azureItems = (month: number) => ({
  value: [
    {
      ...{ dataType: 'ResourceItemDetailsData', itemName: 'vm-1', categoryType: 'Resource', location: 'westeurope' },
      ...{
        subscriptionId: SUBSCRIPTION,
        resourceType: 'microsoft.compute/virtualmachines',
        latestMonthEmissions: month,
      },
    },
    {
      ...{ dataType: 'ResourceItemDetailsData', itemName: 'vm-2', categoryType: 'Resource', location: 'westeurope' },
      ...{ subscriptionId: SUBSCRIPTION, resourceType: 'microsoft.compute/virtualmachines', latestMonthEmissions: 0.5 },
    },
  ],
  skipToken: '',
})

describe('Azure', () => {
  it('takes one scope, by parameter, and adds up resources of a type and place', () => {
    const { lines } = decodeAzure(JSON.stringify(azureItems(2.25)), {
      scope: 'Scope2',
      month: '2026-03',
      account: null,
    })
    expect(lines).toEqual([
      expect.objectContaining({
        account: SUBSCRIPTION,
        month: '2026-03-01',
        scope1Mg: null,
        scope2LocationMg: 2_750_000n,
      }),
    ])
  })
  it('refuses rows without a month, answers that go on, and lists of the largest only', () => {
    const asked = { scope: 'Scope1', month: null, account: null } as const
    expect(decodeAzure(JSON.stringify(azureItems(1)), asked).refused).toHaveLength(2)
    const page = JSON.stringify({ ...azureItems(1), skipToken: 'more' })
    expect(() => decodeAzure(page, asked)).toThrow()
    const top = JSON.stringify({ value: [{ dataType: 'TopItemsSummaryData', latestMonthEmissions: 1 }] })
    expect(() => decodeAzure(top, asked)).toThrow()
  })
  it('reads a CSV that names its unit, and refuses one that does not', () => {
    const csv = (header: string) =>
      `Date,Subscription ID,Resource type,Location,${header}\n2026-03-01,${SUBSCRIPTION},vm,westeurope,3.5`
    const asked = { scope: 'Scope3', month: null, account: null } as const
    expect(decodeAzure(csv('Emissions (kgCO2e)'), asked).lines[0]).toMatchObject({ scope3Mg: 3_500_000n })
    expect(() => decodeAzure(csv('Emissions'), asked)).toThrow()
  })
})
