import { describe, expect, it } from 'vitest'
import { openApiDocument } from '@/lib/contracts/openapi'
import { operationNamed, sectionsOf } from './api-view'
import { curlOf, pythonOf, typescriptOf } from './samples'
import { exampleOf, schemaRows } from './schema-rows'

const document = openApiDocument('0')
const body = (id: string) => operationNamed(document, id)?.operation.requestBody?.content['application/json']

describe('samples', () => {
  const json = { type: 'application/json', text: '{\n  "name": "it\'s"\n}', isText: true }
  it('send a body that a shell does not take apart', () => {
    const request = {
      method: 'POST',
      url: 'http://x/api/v1/keys',
      needsKey: true,
      body: json,
      answers: 'application/json',
    }
    expect(curlOf(request)).toContain(`'{\n  "name": "it'\\''s"\n}'`)
    expect(pythonOf(request)).toContain('json=body')
    expect(typescriptOf(request)).toContain("method: 'POST'")
  })

  it('send files as files, keep files as files, and leave out a key that nobody needs', () => {
    const request = {
      method: 'POST',
      url: 'http://x/y',
      needsKey: false,
      body: { type: 'text/csv', text: '', isText: true },
      answers: 'application/pdf',
    }
    expect(curlOf(request)).toBe(
      "curl -X POST 'http://x/y' \\\n  -H 'content-type: text/csv' \\\n  --data-binary @file.csv \\\n  -o answer.pdf",
    )
    for (const text of [curlOf(request), pythonOf(request), typescriptOf(request)])
      expect(text).not.toContain('WATTLEDGER_KEY')
  })
})

describe('the schema of a body', () => {
  it('is told field by field, inner ones further in', () => {
    const { rows, more } = schemaRows(body('post-readings')?.schema ?? {})
    expect(more).toBe(false)
    expect(rows.find(({ path }) => path === 'readings')).toMatchObject({
      type: 'list of object',
      required: true,
      depth: 0,
    })
    expect(rows.find(({ path }) => path === 'readings[].kind')).toMatchObject({
      type: 'one of',
      notes: 'power, counter, delta',
      required: true,
      depth: 1,
    })
    expect(rows.find(({ path }) => path === 'pue')?.notes).toBe('≥ 1; ≤ 5')
  })

  it('of every operation has rows and an example', () => {
    for (const { entries } of sectionsOf(document)) {
      for (const { id } of entries) {
        const schema = body(id)?.schema
        if (schema?.type !== 'object') continue
        expect(schemaRows(schema).rows.length, id).toBeGreaterThan(0)
        expect(exampleOf(schema), id).toBeTypeOf('object')
      }
    }
  })
})

it('every operation of the document is on the page', () => {
  const operations = Object.values(document.paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0)
  expect(sectionsOf(document).reduce((sum, { entries }) => sum + entries.length, 0)).toBe(operations)
})
