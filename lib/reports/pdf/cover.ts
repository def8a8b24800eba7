import { formatDay, formatInstant } from '@/lib/units/format'
import { intervalText } from '../interval-text'
import { narrative, PERIMETER_TITLE, STATUS_LABEL } from '../narrative'
import type { Statement } from '../statement-model'
import { tonnes } from '../tonnes'
import { LEFT, mm, type Paper, SOFT, STYLE, WIDTH } from './paper'
import type { Style, Text } from './type'

/** First page: whose statement, of what, how far it reaches, and by what it can be told apart from another. */
export const drawCover = (paper: Paper, statement: Statement): void => {
  const { type, doc } = paper
  const { entity, year, total } = statement
  paper.parent = doc.struct('Sect')
  paper.root.add(paper.parent)
  paper.newPage()
  doc.outline.addItem('Cover')

  const set = (role: string, text: Text, style: Style, gap: number, width = WIDTH) => {
    const lines = type.lines(text, style, width)
    paper.tagged(role, () => type.draw(lines, style, LEFT, paper.y, width))
    paper.y += lines.length * style.leading + gap
  }
  set('P', 'Wattledger', { ...STYLE.running, face: 'semibold' }, mm(34))
  set('P', entity.name, { ...STYLE.subtitle, size: 13, leading: 18 }, 8)
  set('H1', `Climate statement ${year}`, { ...STYLE.title, size: 34, leading: 40 }, 4)
  set('P', PERIMETER_TITLE, { ...STYLE.body, size: 12, leading: 17, color: SOFT }, mm(16))

  paper.rule(paper.y, 0.75)
  paper.gap(10)
  set('P', 'Total gross emissions, location-based', STYLE.caption, 2)
  const figure: Style = { ...STYLE.subtitle, face: 'medium', size: 44, leading: 52 }
  const value = total.mg === null ? '—' : tonnes(total.mg)
  const lines = type.lines(`${value} `, figure, WIDTH)
  const width = type.widthOf(value, figure)
  paper.tagged('P', () => {
    type.draw(lines, figure, LEFT, paper.y, WIDTH)
    const unit: Style = { ...STYLE.subtitle, face: 'sans', size: 15, leading: 20, color: SOFT }
    type.draw(type.lines('tCO₂eq', unit, 120), unit, LEFT + width + 8, paper.y + 23.5, 120)
  })
  paper.y += 54
  const interval = intervalText(total)
  const { totalMarket } = statement
  set(
    'P',
    `${interval ? `95\u202f% interval ${interval} t. ` : ''}Market-based ${totalMarket.mg === null ? '—' : `${tonnes(totalMarket.mg)} tCO₂eq`}, another method for the same electricity.`,
    { ...STYLE.caption, color: SOFT },
    10,
  )
  paper.paragraph(narrative(statement).join(' '), STYLE.body, mm(118))
  paper.gap(mm(12))

  for (const [label, text] of facts(statement)) {
    const style = STYLE.cell
    const at = mm(42)
    const words = type.lines(text, style, WIDTH - at)
    const height = Math.max(words.length * style.leading, style.leading) + 5
    paper.rule(paper.y, 0.25, '#b9c0bc')
    const y = paper.y + 2.5
    paper.tagged('P', () => {
      type.draw(type.lines(`${label} `, { ...style, color: SOFT }, at), { ...style, color: SOFT }, LEFT, y, at)
      type.draw(words, style, LEFT + at, y, WIDTH - at)
    })
    paper.y += height
  }
  paper.rule(paper.y, 0.75)
}

const facts = ({ entity, year, status, books, methodVersion, factsSha256 }: Statement): [string, Text][] => [
  ['Period', `1 January ${year} 00:00 to 1 January ${year + 1} 00:00 UTC`],
  ['Status', entity.isDemo ? `${STATUS_LABEL[status]} · synthetic demonstration data` : STATUS_LABEL[status]],
  ['Framework', 'ESRS E1-6 in the layout of AR 48 (Delegated Regulation (EU) 2023/2772), not assured'],
  ['Method version', methodVersion],
  [
    'Ledger',
    books.entries === 0
      ? 'No entry of this year'
      : `${books.entries.toLocaleString('en-US')} entries from ${formatDay(books.first_day ?? '')} to ${formatDay(books.last_day ?? '')}, ${books.restated.toLocaleString('en-US')} of them a later revision`,
  ],
  ['Last posted', books.posted_at === null ? '—' : `${formatInstant(books.posted_at)} UTC`],
  ['Facts, SHA-256', [{ text: factsSha256, face: 'mono' }]],
]
