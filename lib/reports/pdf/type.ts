import type PDFDocument from 'pdfkit'
import { type Face, openFaces } from './faces'

/** Setting text: runs of faces, broken into lines. A character that a face lacks is set in another; one that none has, as U+… */

export interface Style {
  face: Face
  /** pt */
  size: number
  leading: number
  color: string
  align?: 'left' | 'right'
}

export interface Run {
  text: string
  face?: Face
  color?: string
}
export type Text = string | Run[]

interface Piece {
  text: string
  face: Face
  color: string
  width: number
}
export interface Line {
  pieces: Piece[]
  width: number
}

export type Doc = typeof PDFDocument.prototype

export interface Type {
  lines(text: Text, style: Style, width: number): Line[]
  height(text: Text, style: Style, width: number): number
  draw(lines: Line[], style: Style, x: number, y: number, width: number): void
  widthOf(text: Text, style: Style): number
}

const SPARE: Face[] = ['sans', 'mono']
// After a space, and after the joints of ids and addresses; a no-break space does not break.
const BREAKS = /(?<=[ \n])|(?<=[-/_:@,;.|])(?=[^ \n\d)])/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

export const openType = (doc: Doc): Type => {
  const { covers } = openFaces(doc)
  const measure = (text: string, face: Face, size: number): number => doc.font(face).fontSize(size).widthOfString(text)

  const faceFor = (character: string, wanted: Face): Face | null =>
    [wanted, ...SPARE].find((face) => covers(face, character)) ?? null

  const pieces = (token: string, run: Run, style: Style): Piece[] => {
    const made: { text: string; face: Face }[] = []
    const wanted = run.face ?? style.face
    for (const character of token) {
      const face = faceFor(character, wanted)
      const text =
        face === null ? `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]` : character
      const last = made.at(-1)
      if (last && last.face === (face ?? wanted)) last.text += text
      else made.push({ text, face: face ?? wanted })
    }
    return made.map(({ text, face }) => ({
      text,
      face,
      color: run.color ?? style.color,
      width: measure(text, face, style.size),
    }))
  }

  const tokens = (text: Text, style: Style): { pieces: Piece[]; ends: boolean }[] =>
    (typeof text === 'string' ? [{ text }] : text).flatMap((run: Run) =>
      run.text
        .split(BREAKS)
        .filter((token) => token !== '')
        .map((token) => ({ pieces: pieces(token.replaceAll('\n', ''), run, style), ends: token.endsWith('\n') })),
    )

  const lines: Type['lines'] = (text, style, width) => {
    const done: Line[] = []
    let line: Line = { pieces: [], width: 0 }
    const close = (isBroken = false) => {
      done.push(joinedLine(line, isBroken, style, measure))
      line = { pieces: [], width: 0 }
    }
    const put = (token: Piece[], size: number) => {
      line.pieces.push(...token)
      line.width += size
    }
    for (const { pieces: token, ends } of tokens(text, style)) {
      const size = token.reduce((sum, piece) => sum + piece.width, 0)
      const bare = token.reduce((sum, piece) => sum + measure(piece.text.trimEnd(), piece.face, style.size), 0)
      if (line.width > 0 && line.width + bare > width + 0.01) close()
      if (bare <= width + 0.01) put(token, size)
      else {
        for (const piece of token) {
          for (const { segment } of graphemes.segment(piece.text)) {
            const part = { ...piece, text: segment, width: measure(segment, piece.face, style.size) }
            if (line.width > 0 && line.width + part.width > width) close()
            put([part], part.width)
          }
        }
      }
      if (ends) close(true)
    }
    if (line.pieces.length > 0 || done.length === 0) close()
    return done
  }

  return {
    lines,
    height: (text, style, width) => lines(text, style, width).length * style.leading,
    widthOf: (text, style) =>
      tokens(text, style)
        .flatMap((token) => token.pieces)
        .reduce((sum, piece) => sum + piece.width, 0),
    draw: (set, style, x, y, width) => {
      set.forEach((line, index) => {
        // The baseline sits so that ascent and descent share what the leading leaves.
        const baseline = y + index * style.leading + style.leading / 2 + style.size * 0.34
        let at = style.align === 'right' ? x + width - line.width : x
        for (const piece of line.pieces) {
          doc.font(piece.face).fontSize(style.size).fillColor(piece.color)
          doc.text(piece.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' })
          at += piece.width
        }
      })
    },
  }
}

/**
 * Neighbours of one face joined. A trailing space takes no width but is set all the same, and so is one for a line's end, so that
 * text is read aloud and copied as words.
 */
const joinedLine = (
  line: Line,
  isBroken: boolean,
  style: Style,
  measure: (text: string, face: Face, size: number) => number,
): Line => {
  const joined: Piece[] = []
  for (const piece of line.pieces) {
    const last = joined.at(-1)
    if (last && last.face === piece.face && last.color === piece.color) last.text += piece.text
    else joined.push({ ...piece })
  }
  const last = joined.at(-1)
  const isSpaced = isBroken || last?.text.endsWith(' ') === true
  if (last) last.text = last.text.trimEnd()
  for (const piece of joined) piece.width = measure(piece.text, piece.face, style.size)
  if (last && last.text !== '' && isSpaced) last.text += ' '
  return {
    pieces: joined.filter((piece) => piece.text !== ''),
    width: joined.reduce((sum, piece) => sum + piece.width, 0),
  }
}
