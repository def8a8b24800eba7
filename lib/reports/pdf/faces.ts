import { readFileSync } from 'node:fs'
import path from 'node:path'
import type PDFDocument from 'pdfkit'

/** The faces of print, as TrueType: fontkit cannot subset WOFF2, whose outlines are packed. Complete files, so that − and ₂ and names of many languages are real glyphs. */
const FILES = {
  sans: 'IBMPlexSans-Regular',
  medium: 'IBMPlexSans-Medium',
  semibold: 'IBMPlexSans-SemiBold',
  italic: 'IBMPlexSans-Italic',
  mono: 'IBMPlexMono-Regular',
  serif: 'SourceSerif4-Regular',
} as const
export type Face = keyof typeof FILES

const cached = new Map<Face, Buffer>()

const fontFile = (face: Face): Buffer => {
  const known = cached.get(face)
  if (known) return known
  const file = readFileSync(path.join(process.cwd(), 'public', 'fonts', 'print', `${FILES[face]}.ttf`))
  cached.set(face, file)
  return file
}

interface Coverage {
  font: { hasGlyphForCodePoint(codePoint: number): boolean }
}

/** Registers the faces and tells which characters each can draw. */
export const openFaces = (doc: typeof PDFDocument.prototype) => {
  for (const face of Object.keys(FILES) as Face[]) doc.registerFont(face, fontFile(face))
  const known = new Map<string, boolean>()
  const covers = (face: Face, character: string): boolean => {
    const key = `${face} ${character}`
    const found = known.get(key)
    if (found !== undefined) return found
    doc.font(face)
    const { font } = (doc as unknown as { _font: Coverage })._font
    const does = font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)
    known.set(key, does)
    return does
  }
  return { covers }
}
