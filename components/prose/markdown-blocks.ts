import { type Inline, inlineOf, wordsOf } from './markdown-inline'

/** Comes in: a Markdown document. Goes out: its blocks. Headings, paragraphs, lists, tables, fenced code, quotations, rules. PURE. */

export type Align = 'left' | 'right' | 'center' | null

export type Block =
  | { kind: 'heading'; level: number; anchor: string; children: Inline[] }
  | {
      kind: 'paragraph'
      children: Inline[] /** Opens with code: a formula that can be linked to. */
      anchor: string | null
    }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; align: Align[]; rows: Inline[][][] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'rule' }

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/
const FENCE = /^(```+|~~~+)\s*(\S*)/
const RULE = /^(?:-{3,}|\*{3,}|_{3,})\s*$/
const ITEM = /^(\s*)([*+-]|\d{1,4}[.)])\s+(.*)$/
const TABLE_RULE = /^\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?:\s*:?-+:?\s*)?$/

/** `Energy from counters` → `energy-from-counters`. */
export const anchorOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** Cells of a table row; `\|` is a pipe within a cell, and so is one inside code. */
const cellsOf = (line: string): string[] => {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '')
  const cells: string[] = ['']
  let inCode = false
  for (let at = 0; at < inner.length; at += 1) {
    const sign = inner[at] as string
    if (sign === '`') inCode = !inCode
    if (sign === '\\' && inner[at + 1] === '|') {
      cells[cells.length - 1] += '|'
      at += 1
    } else if (sign === '|' && !inCode) cells.push('')
    else cells[cells.length - 1] += sign
  }
  return cells.map((cell) => cell.trim())
}

const alignOf = (cell: string): Align =>
  cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : cell.startsWith(':') ? 'left' : null

class Reader {
  private at = 0
  private readonly anchors: Map<string, number>
  constructor(
    private readonly lines: string[],
    anchors: Map<string, number> = new Map(),
  ) {
    this.anchors = anchors
  }

  /** One of a kind on its page: the second `Example` is `example-2`. */
  private anchor(title: string): string {
    const plain = anchorOf(title) || 'section'
    const count = (this.anchors.get(plain) ?? 0) + 1
    this.anchors.set(plain, count)
    return count === 1 ? plain : `${plain}-${count}`
  }

  blocks(): Block[] {
    const blocks: Block[] = []
    while (this.at < this.lines.length) {
      const line = this.lines[this.at] ?? ''
      if (line.trim() === '') this.at += 1
      else blocks.push(this.block(line))
    }
    return blocks
  }

  private block(line: string): Block {
    const heading = HEADING.exec(line)
    if (heading) {
      this.at += 1
      const children = inlineOf(heading[2] ?? '')
      return { kind: 'heading', level: (heading[1] ?? '#').length, anchor: this.anchor(wordsOf(children)), children }
    }
    const fence = FENCE.exec(line)
    if (fence) return this.code(fence[1] ?? '```', fence[2] ?? '')
    if (RULE.test(line)) {
      this.at += 1
      return { kind: 'rule' }
    }
    if (line.startsWith('>')) return this.quote()
    if (line.includes('|') && TABLE_RULE.test(this.lines[this.at + 1] ?? '')) return this.table()
    if (ITEM.test(line)) return this.list()
    return this.paragraph()
  }

  private code(fence: string, language: string): Block {
    const text: string[] = []
    this.at += 1
    while (this.at < this.lines.length && !this.lines[this.at]?.startsWith(fence))
      text.push(this.lines[this.at++] ?? '')
    this.at += 1
    return { kind: 'code', language, text: text.join('\n') }
  }

  private quote(): Block {
    const inner: string[] = []
    while (this.lines[this.at]?.startsWith('>')) inner.push((this.lines[this.at++] ?? '').replace(/^>\s?/, ''))
    return { kind: 'quote', blocks: new Reader(inner, this.anchors).blocks() }
  }

  private table(): Block {
    const head = cellsOf(this.lines[this.at] ?? '')
    const align = cellsOf(this.lines[this.at + 1] ?? '').map(alignOf)
    this.at += 2
    const rows: Inline[][][] = []
    while ((this.lines[this.at] ?? '').includes('|')) {
      const cells = cellsOf(this.lines[this.at++] ?? '')
      rows.push(head.map((_, column) => inlineOf(cells[column] ?? '')))
    }
    return { kind: 'table', head: head.map(inlineOf), align, rows }
  }

  private list(): Block {
    const first = ITEM.exec(this.lines[this.at] ?? '')
    const indent = first?.[1]?.length ?? 0
    const ordered = /\d/.test(first?.[2] ?? '')
    const items: Block[][] = []
    while (this.at < this.lines.length) {
      const item = ITEM.exec(this.lines[this.at] ?? '')
      if (!item || (item[1]?.length ?? 0) !== indent || /\d/.test(item[2] ?? '') !== ordered) break
      const inner = [item[3] ?? '']
      this.at += 1
      const isInside = (line: string) => /^\s*$/.test(line) === false && (line.match(/^\s*/)?.[0].length ?? 0) > indent
      while (this.at < this.lines.length) {
        const line = this.lines[this.at] ?? ''
        const next = this.lines[this.at + 1] ?? ''
        // A blank line stays inside when what follows it does.
        if (!isInside(line) && !(line.trim() === '' && isInside(next))) break
        inner.push(line.replace(new RegExp(`^\\s{0,${indent + 3}}`), ''))
        this.at += 1
      }
      items.push(new Reader(inner, this.anchors).blocks())
    }
    return { kind: 'list', ordered, start: Number.parseInt(first?.[2] ?? '1', 10) || 1, items }
  }

  private paragraph(): Block {
    const lines: string[] = []
    while (this.at < this.lines.length) {
      const line = this.lines[this.at] ?? ''
      const breaks =
        line.trim() === '' ||
        HEADING.test(line) ||
        FENCE.test(line) ||
        line.startsWith('>') ||
        (lines.length > 0 && ITEM.test(line)) ||
        (line.includes('|') && TABLE_RULE.test(this.lines[this.at + 1] ?? ''))
      if (breaks && lines.length > 0) break
      lines.push(line.trim())
      this.at += 1
    }
    const children = inlineOf(lines.join(' '))
    const isFormula = children[0]?.kind === 'code' && children[0].text.includes('=')
    return { kind: 'paragraph', children, anchor: isFormula ? this.anchor('formula') : null }
  }
}

export const blocksOf = (markdown: string): Block[] => new Reader(markdown.replace(/\r\n?/g, '\n').split('\n')).blocks()
