// node scripts/run-ts.mjs <file> [arguments]: runs a TypeScript file against the database. stdout belongs to that file.
import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./lib/run-script.mjs').then((script) => script.main(process.argv[2], process.argv.slice(3)))
