import { describe, expect, it } from 'vitest'
import { BUILT_IN_MAPPING, type SourceMapping } from '@/lib/contracts/mapping'
import type { WireSeries } from '../wire/wire-series'
import { type Mapped, type MappedMeter, printable, seriesMapper } from './map-series'

const series = (metric: string, labels: Record<string, string>, more: Partial<WireSeries> = {}): WireSeries => ({
  metric,
  labels: Object.entries(labels).map(([name, value]) => ({ name, value })),
  unit: null,
  temporality: 'unknown',
  ...more,
})
const mapped = (one: WireSeries, mapping: Partial<SourceMapping> = {}): Mapped =>
  seriesMapper({ ...BUILT_IN_MAPPING, ...mapping }, 'prom')(one)
const meter = (one: WireSeries, mapping: Partial<SourceMapping> = {}): MappedMeter => {
  const result = mapped(one, mapping)
  if (result.is !== 'reading') throw new Error(`${one.metric}: ${JSON.stringify(result)}`)
  return result
}

const DCGM = {
  UUID: 'GPU-5fd4f087-86f3-7a43-b711-4771313afc50',
  gpu: '0',
  Hostname: 'node-7',
  modelName: 'NVIDIA H100',
  instance: '10.0.0.5:9400',
}
const ENERGY = 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION'

describe('a GPU that DCGM measures', () => {
  it('belongs to the pod that holds it: the owner is the run, the namespace the team', () => {
    const held = { ...DCGM, pod: 'train-llm-7f9c4d5b8c-x2x9q', namespace: 'nlp', container: 'main' }
    expect(meter(series(ENERGY, held))).toMatchObject({
      meter: 'node-7/GPU-5fd4f087-86f3-7a43-b711-4771313afc50',
      kind: 'counter',
      unit: 'mJ',
      component: 'gpu',
      device: 'GPU-5fd4f087-86f3-7a43-b711-4771313afc50',
      preference: 10,
      context: { run: 'train-llm', team: 'nlp', model: null, stage: null, site: 'prom', hardware: 'NVIDIA H100' },
    })
  })

  it('is found behind exported_ labels where the exporter’s own stand in front', () => {
    const collided = {
      ...DCGM,
      exported_pod: 'bert-0',
      exported_namespace: 'nlp',
      pod: 'nvidia-dcgm-exporter-x2x9q',
      namespace: 'gpu-operator',
    }
    expect(meter(series(ENERGY, collided)).context).toMatchObject({ run: 'bert', team: 'nlp' })
  })

  it.each([
    ['names no pod', DCGM],
    ['names an empty pod', { ...DCGM, pod: '', namespace: '' }],
    [
      'has only the exporter’s own pod, put there by Prometheus',
      { ...DCGM, pod: 'nvidia-dcgm-exporter-x2x9q', namespace: 'gpu-operator' },
    ],
  ])('is the site’s own when it %s', (_, labels) => {
    expect(meter(series(ENERGY, labels)).context).toMatchObject({
      run: null,
      service: null,
      team: null,
      hardware: null,
    })
  })

  it('is one meter, whoever holds it', () => {
    const [a, b] = [
      { ...DCGM, pod: 'a-0' },
      { ...DCGM, pod: 'b-0' },
    ].map((labels) => meter(series(ENERGY, labels)))
    expect(a?.meter).toBe(b?.meter)
    expect(a?.device).toBe(b?.device)
  })
})

describe('labels of Kubernetes', () => {
  const held = (labels: Record<string, string>) => meter(series(ENERGY, { ...DCGM, pod: 'p-0', ...labels })).context

  it('name run, team, model, stage, site and place', () => {
    expect(
      held({
        label_jobset_sigs_k8s_io_jobset_name: 'sweep',
        label_kueue_x_k8s_io_queue_name: 'research',
        'k8s.pod.label.wattledger.model': 'llama-3',
        trainer_kubeflow_org_trainjob_ancestor_step: 'dataset-initializer',
        'k8s.cluster.name': 'fra-2',
        'cloud.provider': 'aws',
        'cloud.region': 'eu-west-1',
      }),
    ).toMatchObject({
      run: 'sweep',
      team: 'research',
      model: 'llama-3',
      stage: 'data-preparation',
      site: 'fra-2',
      cloudRegion: 'aws:eu-west-1',
      deployment: 'cloud',
    })
  })

  it('take a stage of their own only when it is one of ours', () => {
    expect(held({ stage: 'Fine_Tuning' }).stage).toBe('fine-tuning')
    expect(held({ stage: 'prod' }).stage).toBe(null)
  })

  it('do not take a part of the world for a cloud region', () => {
    expect(held({ region: 'emea' }).cloudRegion).toBe(null)
    expect(held({ region: 'us-east-1' }).cloudRegion).toBe('us-east-1')
  })
})

describe('a source’s mapping', () => {
  const held = series(ENERGY, { ...DCGM, pod: 'serve-0', cost_center: 'ads', cluster: 'c1' })

  it('puts its labels before the built-in ones and its defaults behind them', () => {
    expect(
      meter(held, {
        labels: { team: ['cost_center'] },
        owner: 'service',
        defaults: { stage: 'inference', deployment: 'colocation', zone: 'DE', pue: 1.2, site: 'fra' },
      }).context,
    ).toMatchObject({
      run: null,
      service: 'serve',
      team: 'ads',
      stage: 'inference',
      deployment: 'colocation',
      gridZone: 'DE',
      pue: 1.2,
      site: 'fra',
    })
    expect(meter(held).context.site).toBe('c1')
  })

  it('reads metrics that nobody knows, and leaves out what it names', () => {
    const own = {
      is: 'energy',
      metric: 'pdu_watts',
      kind: 'power',
      unit: 'W',
      boundary: 'facility',
      component: null,
      meter: ['feed'],
      device: null,
      level: 'machine',
      preference: 90,
    } as const
    expect(meter(series('pdu_watts', { feed: 'A' }), { rules: [{ ...own, meter: ['feed'] }] })).toMatchObject({
      meter: '-/A',
      boundary: 'facility',
      component: null,
      device: null,
    })
    expect(mapped(held, { leaveOut: [ENERGY] })).toMatchObject({ is: 'left_out', reason: 'excluded' })
  })
})

describe('what is left out, and why', () => {
  it.each([
    ['up', {}, 'not_energy'],
    ['kepler_node_cpu_watts', { node_name: 'n1' }, 'overlaps'],
    ['kepler_node_cpu_joules_total', { node_name: 'n1', zone: 'core' }, 'overlaps'],
    ['kepler_node_cpu_joules_total', { node_name: 'n1', zone: 'psys' }, 'overlaps'],
    ['node_rapl_core_joules_total', { instance: 'n1:9100' }, 'overlaps'],
    [ENERGY, { Hostname: 'n1' }, 'no_meter'],
    ['scaph_host_power_microwatts', {}, 'no_meter'],
    ['scaph_process_power_consumption_microwatts', { instance: 'n1', pid: '1', exe: 'init' }, 'no_workload'],
    ['hw.power', { 'hw.id': 'psu-1', 'hw.type': 'power_supply', 'host.name': 'n1' }, 'overlaps'],
    ['hw.power', { 'hw.id': 'x', 'hw.type': 'constructor', 'host.name': 'n1' }, 'overlaps'],
    ['codecarbon_energy_consumed', { job: 'a' }, 'overlaps'],
    ['vllm:generation_tokens_total', { instance: 'x:8000' }, 'no_workload'],
  ])('%s %j: %s', (metric, labels, reason) => {
    expect(mapped(series(metric, labels))).toMatchObject({ is: 'left_out', reason })
  })
})

describe('other exporters', () => {
  it.each([
    ['kepler_node_cpu_joules_total', { node_name: 'n1', zone: 'package-0', path: '/x' }, 'n1/cpu', 'J', 'counter'],
    ['kepler_pod_cpu_joules_total', { node_name: 'n1', pod_name: 'a-0', zone: 'dram' }, 'n1/cpu', 'J', 'counter'],
    ['scaph_host_energy_microjoules', { instance: 'n1:8080' }, 'n1/cpu', 'µJ', 'counter'],
    ['node_rapl_dram_joules_total', { instance: 'n1:9100', index: '0' }, 'n1/cpu', 'J', 'counter'],
    ['ipmi_dcmi_power_consumption_watts', { instance: 'n1:9290' }, 'n1/host', 'W', 'power'],
    [
      'hw_energy_joules_total',
      { hw_id: 'GPU-5fd4f087-86f3-7a43-b711-4771313afc50', hw_type: 'gpu', instance: 'n1' },
      'GPU-5fd4f087-86f3-7a43-b711-4771313afc50',
      'J',
      'counter',
    ],
  ])('%s', (metric, labels, device, unit, kind) => {
    expect(meter(series(metric, labels))).toMatchObject({ device, unit, kind })
  })

  it('OTLP says its own unit and temporality', () => {
    const one = series('hw.energy', { 'hw.id': 'g', 'hw.type': 'gpu' }, { unit: 'kWh', temporality: 'delta' })
    expect(meter(one)).toMatchObject({ unit: 'kWh', kind: 'delta' })
    // A unit of another sort is a mistake of the sender; the rule stands.
    expect(meter({ ...one, unit: 'W', temporality: 'cumulative' })).toMatchObject({ unit: 'J', kind: 'counter' })
  })

  it('CodeCarbon’s job is its run, and its energy holds the PUE', () => {
    expect(meter(series('codecarbon_energy_total', { job: 'bert_exp', project_name: 'bert' }))).toMatchObject({
      boundary: 'facility',
      unit: 'kWh',
      context: { run: 'bert_exp' },
    })
  })

  it('functional units go to a run, a service or, without either, to the application', () => {
    expect(mapped(series('vllm:generation_tokens_total', { pod: 'llama-0' }))).toMatchObject({
      is: 'delivery',
      unit: 'output-token',
      run: 'llama',
    })
    expect(mapped(series('ecologits_requests', { 'service.name': 'chat' }, { temporality: 'delta' }))).toMatchObject({
      service: 'chat',
      counts: 'delta',
    })
    expect(
      mapped(series('wattledger_functional_units_total', { unit: 'Image', 'wattledger.service': 'draw' })),
    ).toMatchObject({ unit: 'image', service: 'draw' })
  })
})

describe('names', () => {
  it('lose what the books cannot hold, and stay apart when they are long', () => {
    expect(printable('a\u0000b\ud800c')).toBe('a b c')
    expect(printable('\u0000')).toBe(null)
    const long = (end: string) => meter(series(ENERGY, { UUID: `${'x'.repeat(1000)}${end}`, Hostname: 'n' })).meter
    expect(long('a')).not.toBe(long('b'))
    expect(long('a').length).toBeLessThanOrEqual(300)
  })
})
