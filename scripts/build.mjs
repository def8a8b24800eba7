import { checkNode } from './lib/check-node.mjs'

checkNode()
import('./lib/build-only.mjs').then((build) => build.main())
