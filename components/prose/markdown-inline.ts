/** Comes in: a line of Markdown text. Goes out: its runs. Of the language only what our documents use; the rest stays as written. PURE. */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'emphasis'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] }

const STARTS: { pattern: RegExp; make: (found: RegExpExecArray) => Inline }[] = [
  { pattern: /^``(.+?)``(?!`)/, make: ([, text = '']) => ({ kind: 'code', text: text.trim() }) },
  { pattern: /^`([^`]+)`/, make: ([, text = '']) => ({ kind: 'code', text }) },
  {
    pattern: /^\[([^\]]+)\]\(([^()\s]+)\)/,
    make: ([, text = '', href = '']) => ({ kind: 'link', href, children: inlineOf(text) }),
  },
  {
    pattern: /^\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)/,
    make: ([, text = '']) => ({ kind: 'strong', children: inlineOf(text) }),
  },
  { pattern: /^\*(?=\S)([^*]+?)(?<=\S)\*/, make: ([, text = '']) => ({ kind: 'emphasis', children: inlineOf(text) }) },
]

export const inlineOf = (line: string): Inline[] => {
  const runs: Inline[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') runs.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < line.length; ) {
    const rest = line.slice(at)
    const escaped = /^\\([\\`*_|[\]()#.-])/.exec(rest)
    if (escaped) {
      plain += escaped[1]
      at += 2
      continue
    }
    const start = STARTS.find(({ pattern }) => pattern.test(rest))
    const found = start?.pattern.exec(rest)
    if (!start || !found) {
      plain += line[at]
      at += 1
      continue
    }
    flush()
    runs.push(start.make(found))
    at += found[0].length
  }
  flush()
  return runs
}

/** The words alone, for titles and anchors. */
export const wordsOf = (runs: readonly Inline[]): string =>
  runs.map((run) => ('text' in run ? run.text : wordsOf(run.children))).join('')
