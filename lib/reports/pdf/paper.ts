import PDFDocument from 'pdfkit'
import { type Doc, openType, type Style, type Text, type Type } from './type'

/** An A4 document that is filled from top to bottom: pages, headings, text, marks. DESIGN §7; lengths in pt. */

const MM = 72 / 25.4
export const mm = (millimetres: number): number => millimetres * MM

export const PAGE = { width: 595.28, height: 841.89 } as const
const MARGIN = { top: mm(22), right: mm(18), bottom: mm(24), left: mm(18) } as const
export const LEFT = MARGIN.left
export const RIGHT = PAGE.width - MARGIN.right
export const WIDTH = RIGHT - LEFT
export const TOP = MARGIN.top
export const BOTTOM = PAGE.height - MARGIN.bottom

export const INK = '#111111'
export const SOFT = '#4a5450'
export const RULE = '#b9c0bc'
export const NAVY = '#1b2f4b'
export const PALE = '#bcc5c0'

export const STYLE = {
  body: { face: 'serif', size: 9.5, leading: 14, color: INK },
  small: { face: 'serif', size: 7.8, leading: 10.8, color: '#222222' },
  cell: { face: 'sans', size: 8.2, leading: 10.4, color: INK },
  head: { face: 'sans', size: 7.4, leading: 9.4, color: '#333333' },
  caption: { face: 'sans', size: 8, leading: 11, color: '#222222' },
  title: { face: 'serif', size: 19, leading: 23, color: INK },
  subtitle: { face: 'semibold', size: 10, leading: 14, color: INK },
  running: { face: 'sans', size: 7.5, leading: 10, color: SOFT },
  mono: { face: 'mono', size: 7, leading: 10, color: SOFT },
} satisfies Record<string, Style>

type Element = ReturnType<Doc['struct']>

export interface Paper {
  doc: Doc
  type: Type
  y: number
  /** The whole structure tree, and the part of it that is being filled. */
  root: Element
  parent: Element
  /** Room left on the page. */
  room(): number
  newPage(): void
  /** Breaks the page when less than this is left. */
  need(height: number): void
  gap(height: number): void
  /** Real content, read aloud as `role`. */
  tagged(role: string, draw: () => void, parent?: Element): void
  /** Decoration: rules, repeated heads, watermark. */
  artifact(draw: () => void, kind?: 'Layout' | 'Pagination'): void
  rule(y: number, weight: number, color?: string, from?: number, to?: number): void
  /** Opens a section: on the page at hand where it leaves room, else or when asked on a new one. */
  section(number: string, title: string, options?: { newPage: boolean }): void
  subheading(title: string): void
  paragraph(text: Text, style?: Style, width?: number, x?: number): void
  /** Ends the document: feet on every page, then its bytes. */
  finish(): Promise<Buffer>
}

export interface PaperInfo {
  title: string
  author: string
  subject: string
  keywords: string
  /** Stands for every date in the file, so that the same facts give the same bytes. */
  date: Date
  running: { left: string; right: string }
  foot: { parts: string[]; digest: string }
  watermark: string | null
}

const SECTION_ROOM = mm(95)

export const openPaper = (info: PaperInfo): Paper => {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margins: { top: 0, right: 0, bottom: 0, left: 0 },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en-GB',
    displayTitle: true,
    bufferPages: true,
    autoFirstPage: false,
    compress: true,
    info: {
      Title: info.title,
      Author: info.author,
      Subject: info.subject,
      Keywords: info.keywords,
      Creator: 'Wattledger',
      Producer: 'Wattledger',
      CreationDate: info.date,
      ModDate: info.date,
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<Buffer>((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  const type = openType(doc)
  const root = doc.struct('Document')
  doc.addStructure(root)

  const artifact: Paper['artifact'] = (draw, kind = 'Layout') => {
    doc.markContent('Artifact', { type: kind })
    draw()
    doc.endMarkedContent()
  }

  const paper: Paper = {
    doc,
    type,
    y: TOP,
    root,
    parent: root,
    room: () => BOTTOM - paper.y,
    newPage: () => {
      doc.addPage()
      paper.y = TOP
      if (info.watermark) artifact(() => drawWatermark(doc, info.watermark ?? ''), 'Pagination')
    },
    need: (height) => {
      if (paper.room() < height) paper.newPage()
    },
    gap: (height) => {
      paper.y += height
    },
    tagged: (role, draw, parent = paper.parent) => {
      const element = doc.struct(role as 'P', {}, draw)
      parent.add(element)
      element.end()
    },
    artifact,
    rule: (y, weight, color = INK, from = LEFT, to = RIGHT) =>
      artifact(() => doc.moveTo(from, y).lineTo(to, y).lineWidth(weight).strokeColor(color).stroke()),
    section: (number, title, options) => {
      paper.parent = doc.struct('Sect')
      root.add(paper.parent)
      if (options?.newPage || paper.room() < SECTION_ROOM) paper.newPage()
      else paper.gap(18)
      doc.outline.addItem(`${number}  ${title}`)
      const style = STYLE.title
      const lines = type.lines(title, style, WIDTH - mm(11))
      paper.tagged('H1', () => {
        type.draw(
          type.lines(`${number} `, { ...style, color: SOFT }, mm(11)),
          { ...style, color: SOFT },
          LEFT,
          paper.y,
          mm(11),
        )
        type.draw(lines, style, LEFT + mm(11), paper.y, WIDTH - mm(11))
      })
      paper.y += lines.length * style.leading + 9
    },
    subheading: (title) => {
      paper.need(60)
      const lines = type.lines(title, STYLE.subtitle, WIDTH)
      paper.gap(6)
      paper.tagged('H2', () => type.draw(lines, STYLE.subtitle, LEFT, paper.y, WIDTH))
      paper.y += lines.length * STYLE.subtitle.leading + 2
    },
    paragraph: (text, style = STYLE.body, width = WIDTH, x = LEFT) => {
      const lines = type.lines(text, style, width)
      // At least two lines stand together on either side of a break.
      let from = 0
      while (from < lines.length) {
        const fits = Math.floor((paper.room() + 0.01) / style.leading)
        const rest = lines.length - from
        if (fits < Math.min(rest, 2)) {
          paper.newPage()
          continue
        }
        const count = rest <= fits ? rest : rest - fits === 1 ? Math.max(1, fits - 1) : fits
        const part = lines.slice(from, from + count)
        paper.tagged('P', () => type.draw(part, style, x, paper.y, width))
        paper.y += part.length * style.leading
        from += count
      }
    },
    finish: () => {
      const { start, count } = doc.bufferedPageRange()
      for (let index = start; index < start + count; index += 1) {
        doc.switchToPage(index)
        artifact(() => drawRunning(paper, info, index - start + 1, count), 'Pagination')
      }
      root.end()
      doc.end()
      return ended
    },
  }
  return paper
}

const drawWatermark = (doc: Doc, text: string): void => {
  const centre = { x: PAGE.width / 2, y: PAGE.height / 2 }
  doc.save()
  doc.rotate(-32, { origin: [centre.x, centre.y] })
  doc
    .font('medium')
    .fontSize(text.length > 6 ? 72 : 104)
    .fillColor(INK, 0.045)
  const width = doc.widthOfString(text)
  doc.text(text, centre.x - width / 2, centre.y, { lineBreak: false, baseline: 'middle' })
  doc.restore()
  doc.fillOpacity(1)
}

const drawRunning = (paper: Paper, info: PaperInfo, page: number, pages: number): void => {
  const { type, doc } = paper
  const line = (text: Text, style: Style, x: number, y: number, width: number) =>
    type.draw(type.lines(text, style, width).slice(0, 1), style, x, y, width)
  if (page > 1) {
    line(info.running.left, STYLE.running, LEFT, mm(12), WIDTH * 0.55)
    line(info.running.right, { ...STYLE.running, align: 'right' }, LEFT, mm(12), WIDTH)
  }
  const y = PAGE.height - mm(12) - 10
  doc
    .moveTo(LEFT, y - 4)
    .lineTo(RIGHT, y - 4)
    .lineWidth(0.5)
    .strokeColor(INK)
    .stroke()
  let x = LEFT
  info.foot.parts.forEach((part, index) => {
    const width = Math.min(type.widthOf(part, STYLE.running), index === 0 ? 150 : 120)
    line(part, STYLE.running, x, y, width + 1)
    x += width + 12
  })
  line(info.foot.digest, STYLE.mono, x, y, 130)
  line(`${page} of ${pages}`, { ...STYLE.running, align: 'right' }, LEFT, y, WIDTH)
}
