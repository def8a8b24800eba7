import { type APIRequestContext, expect } from '@playwright/test'

const POSTED_WITHIN_MS = 20_000

export interface EmissionFigure {
  energy_kwh: number | null
  facility_kwh: number | null
  location_kg: number | null
  tier: number | null
  coverage: number | null
  gaps: { reason: string; hours: number }[]
}
export interface EmissionsAnswer {
  rows: (EmissionFigure & Record<string, unknown>)[]
  total: EmissionFigure
}

/** The API as a machine uses it: one key, JSON in, JSON out. */
export const apiOf = (request: APIRequestContext, key: string) => {
  const headers = { authorization: `Bearer ${key}` }
  return {
    post: (path: string, data: unknown, more: Record<string, string> = {}) =>
      request.post(path, { headers: { ...headers, ...more }, data }),
    postCsv: (path: string, csv: string) =>
      request.post(path, { headers: { ...headers, 'content-type': 'text/csv' }, data: csv }),
    get: (path: string) => request.get(path, { headers }),
    emissions: async (from: string, to: string, by = ''): Promise<EmissionsAnswer> => {
      const response = await request.get(`/api/v1/emissions?from=${from}&to=${to}${by ? `&by=${by}` : ''}`, { headers })
      expect(response.status()).toBe(200)
      return response.json()
    },
    /** Asks until the figure is there: a few seconds after its readings. */
    async settledEmissions(from: string, to: string, by: string, isThere: (answer: EmissionsAnswer) => boolean) {
      let answer = await this.emissions(from, to, by)
      await expect(async () => {
        answer = await this.emissions(from, to, by)
        expect(isThere(answer)).toBe(true)
      }).toPass({ timeout: POSTED_WITHIN_MS })
      return answer
    },
  }
}
