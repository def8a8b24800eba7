import { expect, it } from 'vitest'
import { BUILT_IN_MAPPING, sourceMappingSchema } from '@/lib/contracts/mapping'
import { BLANK_RULE, draftOf, mappingOf } from './mapping-draft'

it('a mapping that is typed and read again is the same', () => {
  const mapping = sourceMappingSchema.parse({
    labels: { team: ['department', 'cost_center'], run: ['job_uid'] },
    defaults: { site: 'FRA-2', stage: 'training', pue: 1.2 },
    owner: 'service',
    rules: [
      { is: 'energy', metric: 'pdu_watts', kind: 'power', unit: 'W', meter: ['outlet'], component: 'host' },
      { is: 'delivery', metric: 'answers_total', unit: 'request', only: { label: 'code', values: ['200', '201'] } },
    ],
    leaveOut: ['node_rapl_core_joules_total'],
  })
  expect(mappingOf(draftOf(mapping)).data).toEqual(mapping)
  expect(mappingOf(draftOf(BUILT_IN_MAPPING)).data).toEqual(BUILT_IN_MAPPING)
})

it('what is wrong is named by its place', () => {
  const draft = { ...draftOf(BUILT_IN_MAPPING), rules: [BLANK_RULE] }
  expect(mappingOf(draft).error?.issues.map(({ path }) => path.join('.'))).toContain('rules.0.metric')
})
