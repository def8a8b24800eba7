import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './folders.mjs'

/** One digest over the content of files and folders, whatever order the file system lists them in. */
export function hashSources(names, isIgnored = () => false) {
  const hash = createHash('sha256')
  const visit = (name) => {
    const file = path.join(ROOT, name)
    if (isIgnored(name) || !existsSync(file)) return
    if (statSync(file).isDirectory()) {
      for (const child of readdirSync(file).sort()) visit(`${name}/${child}`)
      return
    }
    const content = readFileSync(file)
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  for (const name of names) visit(name)
  return hash.digest('hex')
}
