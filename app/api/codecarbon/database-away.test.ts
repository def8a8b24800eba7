import { expect, it } from 'vitest'
import { newKeySecret } from '@/lib/auth/key-secret'

// Read once, at the first use: port 1 answers nobody.
process.env.DATABASE_URL = 'postgresql://nobody:none@127.0.0.1:1/none'
process.env.LOG_LEVEL = 'silent'

it('without its database CodeCarbon is told 503 in its own manner, within its two seconds', async () => {
  const { POST } = await import('@/app/api/codecarbon/emissions/route')
  const startedAt = performance.now()
  const response = await POST(
    new Request('http://localhost/api/codecarbon/emissions', {
      method: 'POST',
      headers: { 'x-api-token': newKeySecret().secret, 'content-type': 'application/json' },
      body: '{}',
    }),
  )
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ detail: expect.stringContaining('send the same request again') })
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
