import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { accuracyPage } from './accuracy/table'

// node scripts/run-ts.mjs scripts/accuracy-table.ts: writes docs/method/accuracy.md.
const file = path.resolve(import.meta.dirname, '../docs/method/accuracy.md')
writeFileSync(file, accuracyPage())
console.log(`Wrote ${file}`)
