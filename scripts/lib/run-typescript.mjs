import path from 'node:path'
import { ROOT } from './folders.mjs'

/** The arguments with which this Node runs a TypeScript file of the repository. */
export const typescriptArguments = (file, args = []) => ['--import', 'tsx', path.resolve(ROOT, file), ...args]
