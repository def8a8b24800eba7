import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { csvRows, exact } from './csv-cells'
import { guardText } from './csv-guard'

const LIVE = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\nx',
  ' =1',
  '\u00a0=1',
  '\u200b=1',
  '\ufeff=1',
  '"=1',
  "'=1",
  ';=1',
  '\uff1d1',
  '\uff0b1',
  '\uff0d1',
  '\uff20x',
  '\u22121',
  '\u0000=1',
]
const HARMLESS = ['', 'nlp', 'a=b', 'x-1', 'm@1', '1-2', 'Łódź', '日本', 'a\nb', "it's"]

describe('text that a spreadsheet could take for a formula', () => {
  test.each(LIVE)('%j gets an apostrophe', (text) => {
    expect(guardText(text)).toBe(`'${text}`)
  })

  test.each(HARMLESS)('%j stays as it is', (text) => {
    expect(guardText(text)).toBe(text)
  })

  test('reads back from the file with its apostrophe, whatever it holds', () => {
    const rows = parse(csvRows(LIVE.map((text) => [text, 1])), { record_delimiter: '\r\n' }) as string[][]
    expect(rows.map(([text]) => text)).toEqual(LIVE.map((text) => `'${text}`))
  })
})

test('numbers stay bare and keep their minus', () => {
  expect(csvRows([[-1, exact('-0.012345'), exact('8837.123456'), 1e-7, null, true]])).toBe(
    '-1,-0.012345,8837.123456,0.0000001,,true\r\n',
  )
})
