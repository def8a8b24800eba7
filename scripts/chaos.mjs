// npm run chaos: kill -9 of web, worker and database while readings come in; nothing acknowledged may be lost.
import { runCommand } from './lib/refusal.mjs'

runCommand(async () => (await import('./testing/chaos-run.mjs')).main())
