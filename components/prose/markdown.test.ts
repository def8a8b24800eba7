import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { blocksOf } from './markdown-blocks'
import { inlineOf, wordsOf } from './markdown-inline'

it('reads runs, and leaves what it does not know as written', () => {
  expect(inlineOf('a `x * y` **b *c*** [d](e.md) 2 * 3 * 4 <b>f</b>')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'code', text: 'x * y' },
    { kind: 'text', text: ' ' },
    {
      kind: 'strong',
      children: [
        { kind: 'text', text: 'b ' },
        { kind: 'emphasis', children: [{ kind: 'text', text: 'c' }] },
      ],
    },
    { kind: 'text', text: ' ' },
    { kind: 'link', href: 'e.md', children: [{ kind: 'text', text: 'd' }] },
    { kind: 'text', text: ' 2 * 3 * 4 <b>f</b>' },
  ])
})

it('a table keeps its columns, a pipe inside code or behind a backslash is none', () => {
  const [table] = blocksOf('| a | b |\n|---|--:|\n| `x|y` | c \\| d |\n| only |\n\nafter')
  expect(table).toMatchObject({ kind: 'table', align: [null, 'right'] })
  if (table?.kind !== 'table') throw new Error('no table')
  expect(table.rows.map((row) => row.map(wordsOf))).toEqual([
    ['x|y', 'c | d'],
    ['only', ''],
  ])
})

it('lists, wrapped lines and nested lists', () => {
  const [list] = blocksOf('* one\n  goes on\n* two\n  1. inner\n  2. more\n\nend')
  if (list?.kind !== 'list') throw new Error('no list')
  expect(list.items.length).toBe(2)
  expect(list.items[0]?.[0]).toMatchObject({ kind: 'paragraph', children: [{ kind: 'text', text: 'one goes on' }] })
  expect(list.items[1]?.[1]).toMatchObject({ kind: 'list', ordered: true, start: 1 })
})

it('anchors are one of a kind, for headings and for formulas', () => {
  const anchors = blocksOf('# T\n\n`E = P`\n\n## Example\n\n`A = B`\n\n## Example\n\n`word`').flatMap((block) =>
    'anchor' in block ? [block.anchor] : [],
  )
  expect(anchors).toEqual(['t', 'formula', 'example', 'formula-2', 'example-2', null])
})

it('every page of the method is understood: no table, list or heading is left in a paragraph', () => {
  const folder = new URL('../../docs/method/', import.meta.url)
  const pages = readdirSync(folder).filter((file) => file.endsWith('.md'))
  expect(pages.length).toBeGreaterThan(6)
  for (const page of pages) {
    const blocks = blocksOf(readFileSync(new URL(page, folder), 'utf8'))
    expect([page, blocks[0]?.kind]).toEqual([page, 'heading'])
    for (const block of blocks) {
      if (block.kind !== 'paragraph') continue
      const text = block.children.map((run) => (run.kind === 'text' ? run.text : '')).join('')
      expect([page, /\|\s*-{3}|^#|^\s*[*-] /.test(text) ? text : '']).toEqual([page, ''])
    }
  }
})
