import { openApiDocument } from '@/lib/contracts/openapi'
import packageJson from '@/package.json'

export const GET = (): Response =>
  Response.json(openApiDocument(packageJson.version), { headers: { 'cache-control': 'public, max-age=300' } })
