import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { recompute } from '@/components/explain/recompute'
import { explainApiUrl, figureAddress } from '@/lib/contracts/explain'
import { type ExplainAnswer, explainAnswerSchema } from '@/lib/contracts/explain-answer'
import { demoSignIn, pathsOf } from './support/demo'
import { bareOn, disagreement, explainedOn } from './support/explained'
import { signIn } from './support/sign-in'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** More at once only wait for each other. */
const TOGETHER = 3
/** The demo's thirteen months end with the last full one before today. */
const monthsAgo = (months: number): string => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 10)
}
const WINDOW = { from: monthsAgo(2), to: monthsAgo(1) }
const YEAR = { from: monthsAgo(10), to: monthsAgo(0) }

const explanationOf = async (page: Page, address: string): Promise<ExplainAnswer> => {
  const ask = () => page.request.get(explainApiUrl('demo', address), { timeout: 60_000 })
  const first = await ask()
  // A database that has no time for it now says so, and may be asked again.
  const answer = first.status() === 503 ? await ask() : first
  expect(answer.status(), `${address} ${answer.ok() ? '' : await answer.text()}`).toBe(200)
  return explainAnswerSchema.parse(await answer.json())
}

const signInToDemo = async (page: Page) => signIn(page, await demoSignIn())
/** Figures wait for the worker: the last month of the demo must be posted. */
const untilPosted = (page: Page) =>
  expect
    .poll(async () => (await explanationOf(page, figureAddress('location', WINDOW))).figure.exact, { timeout: 120_000 })
    .not.toBeNull()

test('explains every figure of every page of the demo organisation as the figure that it is', async ({ page }) => {
  test.setTimeout(2_700_000)
  await signInToDemo(page)
  await untilPosted(page)
  const { paths, unreached } = await pathsOf(page, 'demo')
  expect(unreached, 'pages that nothing leads to').toEqual([])
  const told = new Map<string, ExplainAnswer>()
  let figures = 0
  for (const path of paths)
    await test.step(path, async () => {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      const faults = (await bareOn(page)).map((bare) => `neither explained nor marked why not: ${bare}`)
      const found = await explainedOn(page)
      const unasked = [...new Set(found.map(({ address }) => address))].filter((address) => !told.has(address))
      for (let at = 0; at < unasked.length; at += TOGETHER) {
        const some = unasked.slice(at, at + TOGETHER)
        const answers = await Promise.all(some.map((address) => explanationOf(page, address)))
        for (const [place, address] of some.entries()) told.set(address, answers[place] as ExplainAnswer)
      }
      for (const figure of found) {
        const known = told.get(figure.address) as ExplainAnswer
        figures += 1
        const fault = disagreement(figure, known.figure)
        if (fault) faults.push(fault)
        const again = recompute(known)
        if (again !== null && !again.isEqual) faults.push(`${figure.address} does not follow from its terms`)
      }
      expect(faults).toEqual([])
    })
  expect(figures).toBeGreaterThan(1000)
})

test('leads from the year to raw readings in three steps, by keyboard, and recomputes on the way', async ({ page }) => {
  test.setTimeout(600_000)
  await signInToDemo(page)
  await untilPosted(page)
  await page.goto(`/o/demo/ledger?from=${WINDOW.from}&to=${WINDOW.to}`)
  await page.waitForLoadState('networkidle')

  const figure = page.locator('[data-explain-open^="line/"]').first()
  const address = (await figure.getAttribute('data-explain-open')) as string
  await figure.focus()
  await page.keyboard.press('w')
  const drawer = page.getByRole('dialog', { name: 'Explain this number' })
  await expect(drawer.locator('[data-explained-exact]')).toHaveAttribute(
    'data-explained-exact',
    (await explanationOf(page, address)).figure.exact as string,
  )
  expect(new URL(page.url()).searchParams.get('explain')).toBe(address)
  await drawer.getByRole('button', { name: 'Recompute here' }).click()
  await expect(drawer.locator('[data-recomputed="true"]')).toContainText('Equal to the last mg')
  await expect(drawer.getByRole('table', { name: 'Raw readings' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([])

  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(figure).toBeFocused()
  expect(new URL(page.url()).searchParams.has('explain')).toBe(false)

  // Deep link to the year; a line of it; the line's readings. Back leads out again.
  await page.goto(`/o/demo/ledger?explain=${encodeURIComponent(figureAddress('location', YEAR))}`)
  await drawer.getByRole('button', { name: 'Recompute here' }).click()
  await expect(drawer.locator('[data-recomputed="true"]')).toBeVisible()
  const line = drawer
    .getByRole('table', { name: 'Ledger lines of the figure, largest first' })
    .getByRole('link')
    .first()
  await line.focus()
  await page.keyboard.press('Enter')
  await expect(drawer.getByRole('table', { name: 'Raw readings' })).toBeVisible()
  await page.goBack()
  await expect(drawer.getByRole('table', { name: 'Ledger lines of the figure, largest first' })).toBeVisible()

  // Single keys do nothing while somebody types.
  await page.goto('/o/demo/explain')
  await page.keyboard.press('w')
  await expect(drawer).toBeHidden()
})

test('follows from its terms down to lines, for random figures', async ({ page }) => {
  test.setTimeout(600_000)
  await signInToDemo(page)
  await untilPosted(page)
  for (const measure of ['location', 'market', 'facility', 'embodied', 'total-location'] as const)
    await test.step(measure, async () => {
      let address: string | null = figureAddress(measure, YEAR)
      for (let step = 0; address !== null && step < 5; step += 1) {
        const answer: ExplainAnswer = await explanationOf(page, address)
        expect(recompute(answer), address).toMatchObject({ isEqual: true })
        const terms: { address: string | null; exact: string | null }[] =
          answer.derivation.kind === 'sum' ? answer.derivation.terms.filter((term) => term.address !== null) : []
        const next = terms[Math.floor(terms.length / 2)]
        if (!next) break
        expect((await explanationOf(page, next.address as string)).figure.exact, `${next.address}`).toBe(next.exact)
        address = next.address
      }
    })
})

test('prints as a page, and says the same 404 for what is nobody’s and another’s', async ({ page }) => {
  await signInToDemo(page)
  await page.goto(`/o/demo/explain?address=${encodeURIComponent(figureAddress('location', WINDOW))}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Explain this number')
  await expect(page.getByRole('main')).toContainText('Recompute here')
  for (const address of ['line/led_00000000000080008000000000000000', 'nonsense', 'factor/none@1']) {
    const answer = await page.request.get(explainApiUrl('demo', address))
    expect(answer.status()).toBe(404)
    expect((await answer.json()).code).toBe('not_found')
  }
})
