// Loaded before anything else and by any Node: nothing here may need a newer one.
import { readFileSync } from 'node:fs'

export function checkNode(version = process.versions.node) {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const range = manifest.engines.node
  if (satisfies(version, range)) return
  console.error(`Wattledger needs Node ${range} (24 LTS is the one to run); this is Node ${version}.`)
  process.exit(1)
}

/** Understands the two forms that package.json uses: `^20.19` and `>=24`, joined by `||`. */
export function satisfies(version, range) {
  const [major, minor] = version.split('.').map(Number)
  return range.split('||').some((part) => {
    const [, operator, wantMajor, wantMinor = '0'] = /^\s*(\^|>=)(\d+)(?:\.(\d+))?\s*$/.exec(part)
    if (major === Number(wantMajor)) return minor >= Number(wantMinor)
    return operator === '>=' && major > Number(wantMajor)
  })
}
