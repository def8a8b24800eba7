import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./lib/serve-web.mjs').then((web) => web.main())
