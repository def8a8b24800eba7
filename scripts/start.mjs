// npm start: from a fresh clone to a running Wattledger. Nothing here may need an installed package.
import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./lib/launch.mjs').then((launch) => launch.main())
