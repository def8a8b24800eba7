import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './folders.mjs'
import { prepareDatabase } from './prepare.mjs'
import { runNode } from './processes.mjs'
import { Refusal, runCommand } from './refusal.mjs'
import { typescriptArguments } from './run-typescript.mjs'

/** Runs a TypeScript file against the database and passes its exit code on. */
export const main = (file, args, options = {}) =>
  runCommand(async () => {
    if (!file || !existsSync(path.resolve(ROOT, file))) throw new Refusal(`There is no file ${file ?? ''} to run.`)
    const database = await prepareDatabase({ ...options, say: console.error })
    try {
      return await runNode(typescriptArguments(file, args), database.env)
    } finally {
      await database.release()
    }
  })
