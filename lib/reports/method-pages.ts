import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A page of docs/method as it stands in this build: one formula with its symbols, clause, worked example and version. */
export interface MethodPage {
  /** `energy-power`: its file, and its address. */
  slug: string
  title: string
  /** `wl-2026.2`: with which version of the method it last changed. */
  version: string | null
  /** The code that does it, and the clause it follows, as the page's second line says. */
  code: string[]
  clause: string | null
  /** The first formula of the page. */
  formula: string | null
  markdown: string
}

const FOLDER = path.join(process.cwd(), 'docs', 'method')
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** What the head of a page says: `Method version … · code … · clause`. */
export const methodPageOf = (slug: string, markdown: string): MethodPage => {
  const title = /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? slug
  const head = /^Method version[\s\S]*?(?=\n\n)/m.exec(markdown)?.[0].replace(/\s+/g, ' ') ?? ''
  const parts = head.split(' · ')
  const code = parts.find((part) => part.startsWith('code ')) ?? ''
  const clause = parts.filter((part) => !/^(Method version|code )/.test(part)).join(' · ')
  const body = markdown.slice(markdown.indexOf('\n\n', markdown.indexOf('Method version')))
  return {
    slug,
    title,
    version: /wl-\d{4}\.\d+/.exec(head)?.[0] ?? null,
    code: [...code.matchAll(/`([^`]+)`/g)].map(([, file]) => file as string),
    clause: clause === '' ? null : clause.replaceAll('`', ''),
    formula: /`([^`\n]*=[^`\n]*)`/.exec(body)?.[1] ?? null,
    markdown,
  }
}

/** All pages, by file name. */
export const methodPages = async (): Promise<MethodPage[]> => {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.md')).sort()
  return Promise.all(
    files.map(async (file) => methodPageOf(file.slice(0, -3), await readFile(path.join(FOLDER, file), 'utf8'))),
  )
}

/** Null for a name that is no page; a name is never a path. */
export const methodPage = async (slug: string): Promise<MethodPage | null> => {
  if (!SLUG.test(slug)) return null
  try {
    return methodPageOf(slug, await readFile(path.join(FOLDER, `${slug}.md`), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
