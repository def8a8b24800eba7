// npm test: every check there is, on a fresh clone. `npm test -- --only=unit,db` chooses steps.
import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./testing/all-steps.mjs').then((steps) => steps.main(process.argv.slice(2)))
