import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./lib/run-script.mjs').then((script) => script.main('lib/jobs/worker.ts', [], { roles: ['wl_worker'] }))
