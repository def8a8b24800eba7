import { openApiDocument } from '@/lib/contracts/openapi'
import packageJson from '@/package.json'

let made: ReturnType<typeof openApiDocument> | undefined

/** The same document as /api/v1/openapi.json; made once, since it depends on nothing but the code. */
export const apiDocument = () => {
  made ??= openApiDocument(packageJson.version)
  return made
}
