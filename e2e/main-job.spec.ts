import { expect, test } from '@playwright/test'
import { apiOf } from './support/api'
import { createOrganization } from './support/operator'
import { textOfPdf } from './support/pdf'
import { signIn } from './support/sign-in'

test('a newcomer signs in, sends readings, sees the number on Home, opens the run and takes the exports', async ({
  page,
}) => {
  const organization = createOrganization('newcomer')
  await page.goto('/')
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel('Work email').fill(organization.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible()
  await signIn(page, organization)
  await expect(page.getByRole('main')).toContainText(/No readings|no readings|Send/)

  const day = new Date(Date.now() - 4 * 86_400_000).toISOString().slice(0, 10)
  const api = apiOf(page.request, organization.key)
  const stored = await api.post('/api/v1/readings', {
    run: 'first-run',
    model: 'first-model',
    team: 'first-team',
    stage: 'training',
    deployment: 'owned',
    grid_zone: 'DE',
    pue: 1.2,
    readings: [0, 1, 2, 3].map((hour) => ({
      meter: 'node-1',
      kind: 'counter',
      unit: 'kWh',
      at: `${day}T0${hour}:00:00Z`,
      value: 1000 + hour * 100,
    })),
  })
  expect(await stored.json()).toEqual({ accepted: 4, duplicate: 0, rejected: [] })
  const window = [`${day}T00:00:00Z`, `${day}T03:00:00Z`] as const
  const { total } = await api.settledEmissions(...window, '', (answer) => answer.total.energy_kwh === 300)
  expect(total.facility_kwh).toBe(360)

  await page.goto(`/o/${organization.slug}/home`)
  const shown = String(Math.round(total.location_kg as number))
  await expect(page.getByRole('main')).toContainText(shown)
  await page.getByRole('link', { name: 'Runs' }).first().click()
  await page.getByRole('link', { name: 'first-run' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('first-run')
  await expect(page.getByRole('main')).toContainText(shown)

  const csv = await page.request.get(
    `/api/v1/exports/ledger.csv?from=${window[0]}&to=${window[1]}&org=${organization.slug}`,
  )
  expect([csv.status(), await csv.text()]).toEqual([200, expect.stringContaining('first-run')])
  const pdf = await page.request.get(`/api/v1/reports/${day.slice(0, 4)}.pdf?org=${organization.slug}`)
  expect(pdf.status()).toBe(200)
  expect((await textOfPdf(await pdf.body())).replaceAll(',', '')).toContain(String(total.location_kg))

  await page.goto(`/o/${organization.slug}/keys`)
  await expect(page.getByRole('main')).toContainText('command line')
})

test('without a session every page leads to sign-in and back to where one wanted to go', async ({ page }) => {
  await page.goto('/o/demo/runs')
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
})
