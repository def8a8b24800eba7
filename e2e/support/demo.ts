import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { organizationPages } from './routes'

/** Seeding and posting thirteen months run behind the server's start. */
const FILLED_WITHIN_MS = 300_000

const folder = (): string => process.env.E2E_DATA_DIR as string

/** Waits until the demo organisation is filled, and gives its sign-in. */
export const demoSignIn = async (): Promise<{ email: string; password: string }> => {
  await expect
    .poll(() => existsSync(path.join(folder(), 'demo-seeded')), { timeout: FILLED_WITHIN_MS, intervals: [1000] })
    .toBe(true)
  const text = readFileSync(path.join(folder(), 'demo-sign-in.txt'), 'utf8')
  return {
    email: /email: (\S+)/.exec(text)?.[1] as string,
    password: /password: (\S+)/.exec(text)?.[1] as string,
  }
}

const DYNAMIC = /\[(?!org)\w+\]/

const hrefsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('a[href]')].map((link) => (link as HTMLAnchorElement).pathname))

/**
 * Paths of every page of an organisation: those without a parameter as the tree has them, and of each with one the first that any other
 * page links to. Nobody has to list a new page here.
 */
export const pathsOf = async (page: Page, org: string): Promise<{ paths: string[]; unreached: string[] }> => {
  const pages = organizationPages().map((address) => address.replace('[org]', org))
  const paths = pages.filter((address) => !DYNAMIC.test(address))
  const waiting = new Map(
    pages.filter((address) => DYNAMIC.test(address)).map((address) => [address, patternOf(address)]),
  )
  for (let at = 0; at < paths.length && waiting.size > 0; at += 1) {
    await page.goto(paths[at] as string)
    await page.waitForLoadState('networkidle')
    const links = await hrefsOn(page)
    for (const [address, pattern] of waiting) {
      // A page without a parameter may look like one of a page with one: /hardware/new is no asset.
      const link = links.find((one) => pattern.test(one) && !pages.includes(one))
      if (link === undefined) continue
      paths.push(link)
      waiting.delete(address)
    }
  }
  // A page inside one that was reached: it may be linked to only where there is something to show.
  for (const address of waiting.keys()) {
    const [, outer, rest] = /^(.*\[\w+\])(\/[\w/-]+)$/.exec(address) ?? []
    const reached = outer && paths.find((one) => patternOf(outer).test(one) && !pages.includes(one))
    if (!reached) continue
    paths.push(`${reached}${rest}`)
    waiting.delete(address)
  }
  return { paths, unreached: [...waiting.keys()] }
}

const patternOf = (address: string): RegExp => new RegExp(`^${address.replace(/\[\w+\]/g, '[^/]+')}$`)
