// npm run verify: what can be known in seconds, while writing.
import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./testing/all-steps.mjs').then((steps) => steps.main(['--only=lint,types,unit']))
