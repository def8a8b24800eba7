import { type APIRequestContext, expect, test } from '@playwright/test'
import { apiOf } from './support/api'
import { addMember, createOrganization, type Organization } from './support/operator'
import { apiRoutes, organizationPages } from './support/routes'
import { signIn } from './support/sign-in'

const CANARY = 'canary-of-the-first'
const DAY = { from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00Z' }
/** Addresses without an organisation: nothing of a tenant is behind them. */
const PUBLIC = ['/api/health', '/api/ready', '/api/v1/openapi.json', '/api/auth/[...nextauth]']

const fill = async (request: APIRequestContext, organization: Organization, name: string, word = name) => {
  const api = apiOf(request, organization.key)
  const context = {
    // The canary stands where no address names it: a page may repeat what its own address says.
    run: word,
    hardware: word,
    model: name,
    team: name,
    stage: 'training',
    deployment: 'owned',
    site: name,
    grid_zone: 'DE',
  }
  const activity = { ...context, start: '2026-02-01T10:00:00Z', end: '2026-02-01T12:00:00Z', energy_kwh: 2, pue: 1 }
  const stored = await api.post('/api/v1/activities', activity)
  expect(stored.status()).toBe(201)
  await api.postCsv('/api/v1/grid/intensity?zone=DE&basis=direct', 'hour,g_per_kwh\n2026-02-01T10:00:00Z,123.456\n')
  await api.settledEmissions(DAY.from, DAY.to, '', (answer) => answer.total.location_kg !== null)
  const { ledger_ids, explain_url } = await stored.json()
  return { line: ledger_ids[0] as string, run: String(explain_url).split('/').at(-1) as string, site: name }
}

type Ids = Awaited<ReturnType<typeof fill>>
const UNKNOWN: Ids = {
  line: 'led_00000000000080008000000000000000',
  run: '01900000-0000-7000-8000-000000000000',
  site: 'no-such-site',
}

const addressWith = (address: string, org: string, ids: Ids): string => {
  const values: Record<string, string> = {
    org,
    run: ids.run,
    site: ids.site,
    model: ids.site,
    team: ids.site,
    line: ids.line,
    zone: 'DE',
    year: '2026',
    file: '2026.pdf',
    key: '00000000',
  }
  return address.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => values[name] ?? UNKNOWN.run)
}

const QUERY = `from=${DAY.from}&to=${DAY.to}&zone=DE&basis=direct`
/** What differs between two answers of the same kind and says nothing: ids of requests, nonces, times of rendering. */
const comparable = (text: string, ids: Ids) =>
  [ids.run, ids.line, ids.site]
    .reduce((rest, id) => rest.replaceAll(id, '<id>').replaceAll(encodeURIComponent(id), '<id>'), text)
    .replace(/req_[\w-]+/g, '<request>')
    .replace(/"now":"[^"]*"/g, '<now>')
    .replace(/just now|\d+\s(s|min|h|d)\sago/g, '<age>')
    // Readings a minute fall with every second that passes.
    .replace(/<age>\s+[\d.]+/g, '<age> <rate>')
    .replace(/nonce="[^"]*"|"nonce":"[^"]*"/g, '')

test("a second organisation's key sees nothing of the first on any API route", async ({ request }) => {
  const first = createOrganization('first')
  const second = createOrganization('second')
  const ids = await fill(request, first, 'first-thing', CANARY)
  const before = await apiOf(request, first.key).emissions(DAY.from, DAY.to, 'run,team,model,site,day')

  for (const { address, methods } of apiRoutes().filter((route) => !PUBLIC.includes(route.address))) {
    for (const method of methods) {
      await test.step(`${method} ${address}`, async () => {
        const ask = async (with_: Ids) => {
          const response = await request.fetch(
            `${addressWith(address, first.slug, with_)}?${QUERY}&org=${first.slug}&run=${with_.run}`,
            {
              method,
              headers: {
                authorization: `Bearer ${second.key}`,
                'x-api-token': second.key,
                'content-type': 'application/json',
              },
              data: method === 'GET' ? undefined : { run_id: with_.run, name: 'x' },
            },
          )
          return { status: response.status(), text: comparable(await response.text(), with_) }
        }
        const [others, unknown] = [await ask(ids), await ask(UNKNOWN)]
        expect(others.text).not.toContain(CANARY)
        expect(others.text).not.toContain('123.456')
        expect(others.status).toBe(unknown.status)
        if (!/pdf/.test(address)) expect(others.text).toBe(unknown.text)
      })
    }
  }
  expect(await apiOf(request, first.key).emissions(DAY.from, DAY.to, 'run,team,model,site,day')).toEqual(before)
})

test('nobody gets an answer from a tenant route without a key or a session', async ({ request }) => {
  for (const { address, methods } of apiRoutes().filter((route) => !PUBLIC.includes(route.address))) {
    for (const method of methods) {
      const response = await request.fetch(`${addressWith(address, 'demo', UNKNOWN)}?${QUERY}&org=demo`, {
        method,
        headers: { 'content-type': 'application/json' },
        data: method === 'GET' ? undefined : {},
      })
      // By contract without a key, and nothing is stored or told: CodeCarbon's usage ping, and the end of a group that was pushed.
      if (address.endsWith('/telemetry') || (method === 'DELETE' && address.startsWith('/api/pushgateway/'))) continue
      expect([401, 403], `${method} ${address}`).toContain(response.status())
    }
  }
})

test("a second organisation's user sees nothing of the first on any page", async ({ page, request }) => {
  test.setTimeout(600_000)
  const first = createOrganization('first')
  const second = createOrganization('second')
  const ids = await fill(request, first, 'first-thing', CANARY)
  const own = await fill(request, second, 'own')
  await signIn(page, second)

  for (const address of organizationPages()) {
    await test.step(address, async () => {
      const others = await page.goto(addressWith(address, first.slug, ids))
      expect(others?.status()).toBe(404)
      expect(await page.content()).not.toContain(CANARY)
      const unknown = await page.goto(addressWith(address, 'no-such-organisation', UNKNOWN))
      expect(unknown?.status()).toBe(404)

      // In one's own organisation, another's id and an id that is nobody's are one answer.
      const answerTo = async (asked: Ids) => {
        const response = await page.goto(
          `${addressWith(address, second.slug, asked)}?line=${asked.line}&run=${asked.run}`,
        )
        // The skeleton has no heading: what is compared is the page itself.
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        return { status: response?.status(), text: comparable(await page.locator('body').innerText(), asked) }
      }
      const [foreign, nobodys] = [await answerTo(ids), await answerTo(UNKNOWN)]
      expect(foreign).toEqual(nobodys)
      expect(foreign.text).not.toContain(CANARY)
    })
  }
  await page.goto(addressWith('/o/[org]/runs/[run]', second.slug, own))
  await expect(page.getByRole('heading', { level: 1 })).toContainText('own')
})

test('a session does not act for another site, nor beyond its role', async ({ page, request }) => {
  const organization = createOrganization('roles')
  await fill(request, organization, 'site-1')
  const viewer = addMember(organization.slug, 'viewer')
  await signIn(page, viewer)
  const put = (headers: Record<string, string>) =>
    page.request.put(`/api/v1/sites/site-1?org=${organization.slug}`, {
      headers,
      data: { name: 'mine', zone: null, deployment: null, declared_pue: null, declared_pue_source: null },
    })
  const crossSite = await put({ 'sec-fetch-site': 'cross-site' })
  expect([crossSite.status(), (await crossSite.json()).code]).toEqual([403, 'forbidden'])
  const viewers = await put({ 'sec-fetch-site': 'same-origin' })
  expect([viewers.status(), (await viewers.json()).code]).toEqual([403, 'forbidden'])
})
