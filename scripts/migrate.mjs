import { checkNode } from './lib/check-node.mjs'

checkNode()
Promise.all([import('./lib/refusal.mjs'), import('./lib/prepare.mjs')]).then(([{ runCommand }, { prepareDatabase }]) =>
  runCommand(async () => {
    const database = await prepareDatabase({ migrate: 'always' })
    console.log(`${database.summary}: migrations are applied.`)
    await database.release()
  }),
)
