import type { BodyForm } from './api-view'

/** One request in three languages. PURE. */

export interface SampleRequest {
  method: string
  /** With its origin and query, ready to call. */
  url: string
  needsKey: boolean
  body: BodyForm | null
  /** What comes back: JSON is printed, the rest is kept as a file. */
  answers: string
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const indented = (text: string, by: string): string => text.split('\n').join(`\n${by}`)

const isJson = (type: string): boolean => /json$/.test(type)
const fileOf = ({ type }: BodyForm): string =>
  type === 'text/csv' ? 'file.csv' : type === 'text/plain' ? 'metrics.txt' : 'body.bin'
const endingOf = (answers: string): string =>
  answers === 'application/pdf' ? 'pdf' : answers === 'text/csv' ? 'csv' : 'txt'

/** A file is sent as it is; anything else stands in the request. */
const isFile = ({ type, isText }: BodyForm): boolean => !isText || type === 'text/csv' || type === 'text/plain'

export const curlOf = ({ method, url, needsKey, body, answers }: SampleRequest): string => {
  const parts = [`curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`]
  if (needsKey) parts.push('-H "authorization: Bearer $WATTLEDGER_KEY"')
  if (body) {
    parts.push(`-H 'content-type: ${body.type}'`)
    parts.push(isFile(body) ? `--data-binary @${fileOf(body)}` : `--data-binary ${quoted(body.text)}`)
  }
  if (!isJson(answers) && answers !== '') parts.push(`-o answer.${endingOf(answers)}`)
  return parts.join(' \\\n  ')
}

export const pythonOf = ({ method, url, needsKey, body, answers }: SampleRequest): string => {
  const lines = ['import os', 'import requests', '']
  if (body && isJson(body.type)) lines.splice(0, 0, 'import json')
  if (body && !isFile(body)) {
    lines.push(isJson(body.type) ? `body = json.loads("""${body.text}""")` : `body = """${body.text}"""`, '')
  }
  const told = [`    "${method}",`, `    ${JSON.stringify(url)},`]
  const headers = [
    ...(needsKey ? ['"authorization": f"Bearer {os.environ[\'WATTLEDGER_KEY\']}"'] : []),
    ...(body && !isJson(body.type) ? [`"content-type": "${body.type}"`] : []),
  ]
  if (headers.length > 0) told.push(`    headers={${headers.join(', ')}},`)
  if (body)
    told.push(
      isFile(body)
        ? `    data=open("${fileOf(body)}", "rb"),`
        : isJson(body.type)
          ? '    json=body,'
          : '    data=body.encode(),',
    )
  lines.push('answer = requests.request(', ...told, '    timeout=30,', ')', 'answer.raise_for_status()')
  lines.push(
    isJson(answers)
      ? 'print(answer.json())'
      : answers === ''
        ? 'print(answer.status_code)'
        : `open("answer.${endingOf(answers)}", "wb").write(answer.content)`,
  )
  return (needsKey ? lines : lines.filter((line) => line !== 'import os')).join('\n')
}

export const typescriptOf = ({ method, url, needsKey, body, answers }: SampleRequest): string => {
  const lines: string[] = []
  if (body && isFile(body)) lines.push("import { readFile } from 'node:fs/promises'", '')
  const headers = [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample's own template
    ...(needsKey ? ['authorization: `Bearer ${process.env.WATTLEDGER_KEY}`'] : []),
    ...(body ? [`'content-type': '${body.type}'`] : []),
  ]
  const init = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length > 0 ? [`  headers: { ${headers.join(', ')} },`] : []),
  ]
  if (body) {
    init.push(
      isFile(body)
        ? `  body: await readFile('${fileOf(body)}'),`
        : isJson(body.type)
          ? `  body: JSON.stringify(${indented(body.text, '  ')}),`
          : `  body: \`${indented(body.text, '')}\`,`,
    )
  }
  lines.push(`const answer = await fetch('${url}'${init.length > 0 ? `, {\n${init.join('\n')}\n}` : ''})`)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the sample's own template
  lines.push('if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)')
  lines.push(
    isJson(answers)
      ? 'console.log(await answer.json())'
      : answers === ''
        ? 'console.log(answer.status)'
        : 'const file = await answer.arrayBuffer()',
  )
  return lines.join('\n')
}
