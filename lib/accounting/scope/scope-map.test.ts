import { describe, expect, test } from 'vitest'
import type { Deployment } from '../facts'
import { scopeLineOf } from '../scope'
import { EMISSION_SOURCES, scopeMap } from './scope-map'

const DEPLOYMENTS: Deployment[] = ['owned', 'colocation_controlled', 'colocation', 'cloud', 'api', 'customer']

describe('the scope mapping', () => {
  test.each(DEPLOYMENTS)('agrees with the scope line of the electricity of %s', (deployment) => {
    const { scope, category } = scopeLineOf(deployment)
    expect(scopeMap()[deployment].electricity).toMatchObject({ scope, category })
  })

  test('has a cell for every source, and a clause in every cell', () => {
    for (const deployment of DEPLOYMENTS)
      for (const source of EMISSION_SOURCES) {
        const place = scopeMap()[deployment][source]
        if (place !== null) expect(place.clause).not.toBe('')
      }
  })

  test('only Scope 3 has categories', () => {
    for (const row of Object.values(scopeMap()))
      for (const place of Object.values(row)) if (place) expect(place.category === null).toBe(place.scope !== 3)
  })

  test('moves cloud to category 8, and leaves software use out, by choice', () => {
    const chosen = scopeMap({ cloudCategory: 8, softwareUseCounts: false })
    expect(chosen.cloud.electricity?.category).toBe(8)
    expect(chosen.customer.electricity?.leftOut).toBe(true)
  })
})
