import type { DeliveryRule, EnergyRule, MetricRule, OverlapRule } from './metric-rule'

/** What the exporters that people run call their metrics. Names, units and labels as their own sources have them (docs/connect). */

export const MACHINE = [
  ...['node_name', 'exported_node', 'node', 'Hostname', 'hostname', 'k8s.node.name', 'host.name', 'exported_instance'],
  'instance',
]
const POD = ['exported_pod', 'pod_name', 'k8s.pod.name', 'pod']
const CONTAINER = ['exported_container', 'container_name', 'k8s.container.name', 'container']

const GPU = ['UUID', 'uuid', 'gpu_uuid', 'hw.id', 'hw_id']

type Told = Pick<EnergyRule, 'metric' | 'kind' | 'unit'> & Partial<EnergyRule>
const machine = (exporter: string, rule: Told): EnergyRule => ({
  is: 'energy',
  exporter,
  boundary: 'it',
  component: 'host',
  meter: [],
  device: null,
  hardware: null,
  level: 'machine',
  preference: 90,
  ...rule,
})
const workload = (exporter: string, rule: Told): EnergyRule =>
  machine(exporter, { level: 'workload', component: 'pod', meter: [POD, CONTAINER], ...rule })
const device = (exporter: string, rule: Told): EnergyRule =>
  machine(exporter, { level: 'device', component: 'gpu', meter: [GPU], device: GPU, ...rule })
const partOf = (exporter: string, of: string, ...metrics: string[]): OverlapRule[] =>
  metrics.map((metric) => ({ is: 'overlap', exporter, metric, of }))
const delivery = (exporter: string, metric: string, unit: string, more: Partial<DeliveryRule> = {}): DeliveryRule => ({
  is: 'delivery',
  exporter,
  metric,
  unit,
  ...more,
})

/** Ten preferences for each exporter, the best first; where two measure one device, the first stands. */
const DCGM_FIRST = 10
const OTEL_FIRST = 20
const KEPLER_FIRST = 30
const SCAPHANDRE_FIRST = 40
const NODE_EXPORTER_FIRST = 50
const IPMI_FIRST = 60
const ZEUS_FIRST = 70

// A GPU that a pod holds belongs to that pod; an idle one to the site. The counter goes before samples of power.
const DCGM: MetricRule[] = [
  device('DCGM exporter', {
    metric: 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
    kind: 'counter',
    unit: 'mJ',
    hardware: ['modelName'],
    preference: DCGM_FIRST,
    ownPods: /dcgm/,
  }),
  device('DCGM exporter', {
    metric: 'DCGM_FI_DEV_POWER_USAGE',
    kind: 'power',
    unit: 'W',
    hardware: ['modelName'],
    preference: DCGM_FIRST + 1,
    ownPods: /dcgm/,
  }),
]

/** RAPL zones hold each other (package ⊃ core, psys ⊃ all): package and dram do not overlap and together tell the most. */
const RAPL = { label: 'zone', values: ['package', 'dram'] }
const KEPLER: MetricRule[] = [
  machine('Kepler', {
    metric: 'kepler_node_cpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'cpu',
    meter: [['zone'], ['path']],
    only: RAPL,
    preference: KEPLER_FIRST,
  }),
  machine('Kepler', {
    metric: 'kepler_node_gpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'gpu',
    meter: [GPU],
    device: GPU,
    hardware: ['gpu_name'],
    preference: KEPLER_FIRST,
  }),
  workload('Kepler', {
    metric: 'kepler_pod_cpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'cpu',
    meter: [['pod_id', ...POD], ['zone'], ['state']],
    only: RAPL,
    preference: KEPLER_FIRST,
  }),
  workload('Kepler', {
    metric: 'kepler_pod_gpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'gpu',
    meter: [['pod_id', ...POD], ['gpu'], ['state']],
    preference: KEPLER_FIRST,
  }),
  // A machine's management controller tells all of it.
  machine('Kepler', {
    metric: 'kepler_platform_watts',
    kind: 'power',
    unit: 'W',
    meter: [['bmc_id'], ['chassis_id']],
    preference: KEPLER_FIRST,
  }),
  ...partOf(
    'Kepler',
    'kepler_node_cpu_joules_total',
    ...['kepler_node_cpu_watts', 'kepler_node_cpu_active_joules_total', 'kepler_node_cpu_idle_joules_total'],
    ...['kepler_node_cpu_active_watts', 'kepler_node_cpu_idle_watts'],
  ),
  ...partOf(
    'Kepler',
    'kepler_node_gpu_joules_total',
    ...['kepler_node_gpu_watts', 'kepler_node_gpu_active_joules_total', 'kepler_node_gpu_idle_joules_total'],
    ...['kepler_node_gpu_active_watts', 'kepler_node_gpu_idle_watts'],
  ),
  ...partOf(
    'Kepler',
    'kepler_pod_cpu_joules_total',
    ...['kepler_pod_cpu_watts', 'kepler_container_cpu_joules_total', 'kepler_container_cpu_watts'],
    ...[
      'kepler_process_cpu_joules_total',
      'kepler_process_cpu_watts',
      'kepler_vm_cpu_joules_total',
      'kepler_vm_cpu_watts',
    ],
  ),
  ...partOf(
    'Kepler',
    'kepler_pod_gpu_joules_total',
    ...['kepler_pod_gpu_watts', 'kepler_container_gpu_joules_total', 'kepler_container_gpu_watts'],
    ...['kepler_process_gpu_joules_total', 'kepler_process_gpu_watts'],
  ),
]

/** Kepler up to 0.7: a container's package and dram joules; `joules_total` is their sum with gpu and other. */
const KEPLER_OLD: MetricRule[] = [
  ...['package', 'dram', 'gpu', 'other'].map((part) =>
    workload('Kepler ≤ 0.7', {
      metric: `kepler_container_${part}_joules_total`,
      kind: 'counter',
      unit: 'J',
      component: part === 'gpu' ? 'gpu' : part === 'other' ? 'other' : 'cpu',
      meter: [POD, ['container_id', ...CONTAINER], ['mode']],
      preference: KEPLER_FIRST,
    }),
  ),
  ...partOf(
    'Kepler ≤ 0.7',
    'kepler_container_package_joules_total',
    'kepler_container_core_joules_total',
    'kepler_container_uncore_joules_total',
  ),
  ...partOf('Kepler ≤ 0.7', 'its parts', 'kepler_container_joules_total'),
]

/** Scaphandre's host is what RAPL tells: processors and memory, no GPU. */
const SCAPHANDRE: MetricRule[] = [
  machine('Scaphandre', {
    metric: 'scaph_host_energy_microjoules',
    kind: 'counter',
    unit: 'µJ',
    component: 'cpu',
    preference: SCAPHANDRE_FIRST,
  }),
  machine('Scaphandre', {
    metric: 'scaph_host_power_microwatts',
    kind: 'power',
    unit: 'µW',
    component: 'cpu',
    preference: SCAPHANDRE_FIRST + 1,
  }),
  workload('Scaphandre', {
    metric: 'scaph_process_power_consumption_microwatts',
    kind: 'power',
    unit: 'µW',
    component: 'cpu',
    meter: [['pid', 'exe'], ['cmdline']],
    preference: SCAPHANDRE_FIRST + 1,
  }),
  ...partOf(
    'Scaphandre',
    'scaph_host_energy_microjoules',
    ...['scaph_socket_energy_microjoules', 'scaph_socket_power_microwatts', 'scaph_domain_energy_microjoules'],
    ...['scaph_domain_power_microwatts', 'scaph_host_rapl_psys_microjoules'],
  ),
]

/** Zeus counts the energy of the windows that a program measures: a window is a run. */
const ZEUS: MetricRule[] = (['gpu', 'cpu', 'dram'] as const).map((part) =>
  workload('Zeus', {
    metric: `energy_monitor_${part}_energy_joules`,
    kind: 'counter',
    unit: 'J',
    component: part === 'gpu' ? 'gpu' : 'cpu',
    meter: [['window'], ['index']],
    run: ['window'],
    preference: ZEUS_FIRST,
  }),
)

/**
 * OpenTelemetry hardware conventions: a host's total has its own name, so that a whole and its parts can be told apart. hw.type says
 * the part; what else the conventions list (power supplies, fans, enclosures) is part of the host.
 */
const HW_ID = ['hw.id', 'hw_id']
const HW_PART: NonNullable<EnergyRule['componentBy']> = {
  label: ['hw.type', 'hw_type'],
  values: {
    gpu: 'gpu',
    cpu: 'cpu',
    memory: 'memory',
    physical_disk: 'storage',
    logical_disk: 'storage',
    disk_controller: 'storage',
    network: 'network',
  },
}
const HW_NAME = ['hw.model', 'hw_model', 'hw.name', 'hw_name']
const OTEL_HW: MetricRule[] = [
  ...(['hw.energy', 'hw_energy_joules_total'] as const).map((metric) =>
    device('OpenTelemetry hw', {
      metric,
      kind: 'counter',
      unit: 'J',
      componentBy: HW_PART,
      meter: [HW_ID],
      device: HW_ID,
      hardware: HW_NAME,
      preference: OTEL_FIRST,
    }),
  ),
  ...(['hw.power', 'hw_power_watts'] as const).map((metric) =>
    device('OpenTelemetry hw', {
      metric,
      kind: 'power',
      unit: 'W',
      componentBy: HW_PART,
      meter: [HW_ID],
      device: HW_ID,
      hardware: HW_NAME,
      preference: OTEL_FIRST + 1,
    }),
  ),
  ...(['hw.host.energy', 'hw_host_energy_joules_total'] as const).map((metric) =>
    machine('OpenTelemetry hw', { metric, kind: 'counter', unit: 'J', meter: [HW_ID], preference: OTEL_FIRST }),
  ),
  ...(['hw.host.power', 'hw_host_power_watts'] as const).map((metric) =>
    machine('OpenTelemetry hw', { metric, kind: 'power', unit: 'W', meter: [HW_ID], preference: OTEL_FIRST + 1 }),
  ),
]

/** node_exporter and ipmi_exporter. RAPL package energy of node_exporter and the power of a whole chassis do not add. */
const NODE_POWER: MetricRule[] = [
  machine('node exporter', {
    metric: 'node_rapl_package_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'cpu',
    meter: [['index'], ['path']],
    preference: NODE_EXPORTER_FIRST,
  }),
  machine('node exporter', {
    metric: 'node_rapl_dram_joules_total',
    kind: 'counter',
    unit: 'J',
    // RAPL's domains of one machine are one device here, as in Kepler's zones.
    component: 'cpu',
    meter: [['index'], ['path']],
    preference: NODE_EXPORTER_FIRST,
  }),
  ...partOf(
    'node exporter',
    'node_rapl_package_joules_total',
    'node_rapl_core_joules_total',
    'node_rapl_uncore_joules_total',
  ),
  machine('IPMI exporter', {
    metric: 'ipmi_dcmi_power_consumption_watts',
    kind: 'power',
    unit: 'W',
    preference: IPMI_FIRST,
  }),
  machine('IPMI exporter', {
    metric: 'ipmi_power_watts',
    kind: 'power',
    unit: 'W',
    meter: [['name', 'id']],
    preference: IPMI_FIRST + 1,
  }),
]

/** CodeCarbon's own gauges hold deltas; its counter does not, so the counter is taken. */
const CODECARBON: MetricRule[] = [
  workload('CodeCarbon', {
    metric: 'codecarbon_energy_total',
    kind: 'counter',
    unit: 'kWh',
    boundary: 'facility',
    component: 'host',
    meter: [['exported_job', 'job'], ['project_name']],
    run: ['exported_job', 'job'],
  }),
  ...partOf(
    'CodeCarbon',
    'codecarbon_energy_total',
    ...['energy_consumed', 'cpu_energy', 'gpu_energy', 'ram_energy', 'cpu_power', 'gpu_power', 'ram_power'].map(
      (part) => `codecarbon_${part}`,
    ),
    ...['codecarbon_duration', 'codecarbon_emissions', 'codecarbon_emissions_rate'],
  ),
]

const DELIVERIES: MetricRule[] = [
  delivery('vLLM', 'vllm:generation_tokens_total', 'output-token'),
  delivery('vLLM', 'vllm:prompt_tokens_total', 'input-token'),
  delivery('vLLM', 'vllm:request_success_total', 'request'),
  delivery('Text Generation Inference', 'tgi_request_success', 'request'),
  delivery('Text Generation Inference', 'tgi_request_generated_tokens_sum', 'output-token'),
  delivery('Text Generation Inference', 'tgi_request_input_length_sum', 'input-token'),
  delivery('SGLang', 'sglang:generation_tokens_total', 'output-token'),
  delivery('SGLang', 'sglang:prompt_tokens_total', 'input-token'),
  delivery('EcoLogits', 'ecologits_requests', 'request'),
  delivery('EcoLogits', 'ecologits_output_tokens', 'output-token', { lossy: true }),
  delivery('EcoLogits', 'ecologits_input_tokens', 'input-token', { lossy: true }),
  delivery('Wattledger', 'wattledger_functional_units_total', 'from label unit'),
]

export const BUILT_IN_RULES: MetricRule[] = [
  ...DCGM,
  ...KEPLER,
  ...KEPLER_OLD,
  ...SCAPHANDRE,
  ...ZEUS,
  ...OTEL_HW,
  ...NODE_POWER,
  ...CODECARBON,
  ...DELIVERIES,
]
