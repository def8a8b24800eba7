import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { apiOf } from './support/api'
import { createOrganization, type Organization } from './support/operator'
import { organizationPages } from './support/routes'
import { signIn } from './support/sign-in'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const findings = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
}

const fill = async (page: Page, organization: Organization): Promise<Record<string, string>> => {
  const api = apiOf(page.request, organization.key)
  const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10)
  const context = {
    model: 'a model',
    team: 'a team',
    stage: 'training',
    deployment: 'owned',
    site: 'site-1',
    grid_zone: 'DE',
  }
  const stored = await api.post('/api/v1/activities', {
    ...context,
    run: 'a run',
    start: `${day}T02:00:00Z`,
    end: `${day}T09:30:00Z`,
    energy_kwh: 12,
  })
  expect(stored.status()).toBe(201)
  const { explain_url, ledger_ids } = await stored.json()
  await api.settledEmissions(`${day}T00:00:00Z`, `${day}T23:00:00Z`, '', (answer) => answer.total.location_kg !== null)
  const run = String(explain_url).split('/').at(-1) as string
  return {
    org: organization.slug,
    run,
    site: 'site-1',
    model: 'a model',
    team: 'a team',
    zone: 'DE',
    year: day.slice(0, 4),
    line: ledger_ids[0],
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, with data and without, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(900_000)
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.goto('/sign-in')
    expect(await findings(page)).toEqual([])

    const full = createOrganization(`axe-${colorScheme}`)
    const ids = await fill(page, full)
    await signIn(page, full)
    for (const address of organizationPages()) {
      await test.step(`${address} with data`, async () => {
        const path = address.replace(/\[(\w+)\]/g, (_, name: string) => encodeURIComponent(ids[name] ?? 'x'))
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
        await page.waitForLoadState('networkidle')
        expect(await findings(page)).toEqual([])
      })
    }
    await page.goto('/o/nobodys/home')
    expect(await findings(page)).toEqual([])
    await context.close()

    const empty = createOrganization(`axe-empty-${colorScheme}`)
    const fresh = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } })
    const phone = await fresh.newPage()
    await signIn(phone, empty)
    for (const address of organizationPages().filter((one) => !/\[(?!org)/.test(one))) {
      await test.step(`${address} without data, narrow`, async () => {
        await phone.goto(address.replace('[org]', empty.slug))
        await expect(phone.getByRole('heading', { level: 1 })).toHaveCount(1)
        await phone.waitForLoadState('networkidle')
        expect(await findings(phone)).toEqual([])
        expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
      })
    }
    await fresh.close()
  })
}
