import { listenAddress, webArguments } from './listen-address.mjs'
import { ensureBuild } from './next-build.mjs'
import { prepareDatabase } from './prepare.mjs'
import { runNode } from './processes.mjs'
import { runCommand } from './refusal.mjs'

/** The web process alone, so that many can share one database. */
export const main = () =>
  runCommand(async () => {
    const address = await listenAddress()
    const database = await prepareDatabase({ roles: ['wl_app'] })
    try {
      await ensureBuild({ env: database.env })
      return await runNode(webArguments(address), database.env)
    } finally {
      await database.release()
    }
  })
