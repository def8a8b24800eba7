import { INK, LEFT, mm, NAVY, PALE, type Paper, STYLE, WIDTH } from './paper'
import type { Style, Text } from './type'

/** Drawings beside the text: greyscale-safe, each with its words as an alternative. */

export interface Bar {
  label: string
  /** Share of the longest, 0 … 1. */
  share: number
  value: string
  fill: 'navy' | 'pale' | 'outline'
}

/** Text of 78 mm beside a figure of ranked bars. */
export const drawLede = (
  paper: Paper,
  text: Text,
  figure: { number: string; title: string; bars: Bar[] } | null,
): void => {
  const { type, doc } = paper
  const column = mm(78)
  const top = paper.y
  if (!figure) {
    paper.paragraph(text, STYLE.body, mm(118))
    paper.gap(12)
    return
  }
  paper.paragraph(text, STYLE.body, column)
  const textEnd = paper.y
  const left = LEFT + column + mm(8)
  const width = WIDTH - column - mm(8)
  const caption = type.lines(
    [{ text: `${figure.number}  `, face: 'semibold' }, { text: figure.title }],
    STYLE.caption,
    width,
  )
  let y = top + caption.length * STYLE.caption.leading + 6
  const words: Style = { ...STYLE.head, color: INK }
  const label = mm(24)
  const value = mm(15)
  const element = doc.struct('Figure', {
    alt: `${figure.title}. ${figure.bars.map((bar) => `${bar.label}: ${bar.value}`).join('; ')}.`,
  })
  paper.parent.add(element)
  paper.tagged('Caption', () => type.draw(caption, STYLE.caption, left, top, width), element)
  const drawn = doc.struct('Span', {}, () => {
    for (const bar of figure.bars) {
      const lines = type.lines(`${bar.label} `, words, label - 4)
      const height = Math.max(14, lines.length * words.leading)
      type.draw(lines, words, left, y + (height - lines.length * words.leading) / 2, label - 4)
      const length = Math.max(bar.share > 0 ? 0.8 : 0, bar.share * (width - label - value))
      const middle = y + height / 2
      if (length === 0) {
        // Nothing to draw: the value beside it says why.
      } else if (bar.fill === 'outline') {
        doc
          .rect(left + label, middle - 5, Math.max(length, 1), 10)
          .lineWidth(0.6)
          .strokeColor(INK)
          .stroke()
      } else doc.rect(left + label, middle - 5, length, 10).fill(bar.fill === 'navy' ? NAVY : PALE)
      const strong: Style = { ...words, face: 'semibold' }
      type.draw(
        type.lines(`${bar.value} `, strong, value + 20),
        strong,
        left + label + length + 4,
        middle - words.leading / 2,
        value + 20,
      )
      y += height + 5
    }
  })
  element.add(drawn)
  drawn.end()
  element.end()
  paper.y = Math.max(textEnd, y) + 12
}
