// npm run ingest: the receivers of readings alone, on a bare Node server. PORT (3001) and HOST as for npm start.
import { checkNode } from './lib/check-node.mjs'

checkNode()
process.env.PORT ||= '3001'
import('./lib/serve-ingest.mjs').then((ingest) => ingest.main())
