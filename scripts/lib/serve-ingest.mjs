import { listenAddress } from './listen-address.mjs'
import { prepareDatabase } from './prepare.mjs'
import { runNode } from './processes.mjs'
import { runCommand } from './refusal.mjs'
import { typescriptArguments } from './run-typescript.mjs'

/** A request's samples live for milliseconds: in a young generation of 16 MB many of them would be copied before they die. */
export const NODE_FLAGS = ['--max-semi-space-size=64']

/** The ingest process alone, with the web's own login, so that many can share one database. */
export const main = () =>
  runCommand(async () => {
    const { host, port } = await listenAddress()
    const database = await prepareDatabase({ roles: ['wl_app'] })
    const { OWNER_DATABASE_URL: _, WORKER_DATABASE_URL: __, ...env } = database.env
    try {
      return await runNode(
        [...NODE_FLAGS, ...typescriptArguments('scripts/ingest-server.ts', [host, String(port)])],
        env,
      )
    } finally {
      await database.release()
    }
  })
