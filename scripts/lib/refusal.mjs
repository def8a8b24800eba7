/** Something the reader can put right: one clear sentence, no stack trace. */
export class Refusal extends Error {}

/** Runs a command's main function and turns what it throws into one line on stderr and exit code 1. */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(sentence(error))
    process.exitCode = 1
  }
}

export function sentence(error) {
  if (error instanceof Refusal) return error.message
  if (process.env.WATTLEDGER_DEBUG) return error.stack ?? String(error)
  const file = error.path ? ` (${error.path})` : ''
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return `This user may not read or write what is needed${file}.`
    case 'EROFS':
      return `The file system is read-only${file}; name a writable folder in DATA_DIR.`
    case 'ENOSPC':
      return `The disk is full${file}.`
    default:
      return `Unexpected: ${error.message} (WATTLEDGER_DEBUG=1 shows where)`
  }
}
