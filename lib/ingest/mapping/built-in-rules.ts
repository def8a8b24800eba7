import type { DeliveryRule, EnergyRule, MetricRule, OverlapRule } from './metric-rule'

/** What the exporters that people run call their metrics. Names, units and labels as their own sources have them (docs/connect). */

const NODE = ['node_name', 'exported_node', 'node', 'Hostname', 'hostname', 'k8s.node.name', 'host.name', 'instance']
const POD = ['exported_pod', 'pod_name', 'pod', 'k8s.pod.name']
const CONTAINER = ['exported_container', 'container_name', 'container', 'k8s.container.name']

type Told = Pick<EnergyRule, 'metric' | 'kind' | 'unit'> & Partial<EnergyRule>
const machine = (exporter: string, rule: Told): EnergyRule => ({
  is: 'energy',
  exporter,
  boundary: 'it',
  component: 'host',
  meter: [NODE],
  device: null,
  hardware: null,
  level: 'machine',
  preference: 50,
  ...rule,
})
const workload = (exporter: string, rule: Told): EnergyRule =>
  machine(exporter, { level: 'workload', component: 'pod', meter: [NODE, POD, CONTAINER], ...rule })
const partOf = (exporter: string, of: string, ...metrics: string[]): OverlapRule[] =>
  metrics.map((metric) => ({ is: 'overlap', exporter, metric, of }))
const delivery = (exporter: string, metric: string, unit: string, more: Partial<DeliveryRule> = {}): DeliveryRule => ({
  is: 'delivery',
  exporter,
  metric,
  unit,
  ...more,
})

const GPU = ['UUID', 'uuid', 'gpu_uuid', 'hw.id', 'hw_id']
const DCGM: MetricRule[] = [
  // A GPU that a pod holds belongs to that pod; an idle one to the site. The counter goes before samples of power.
  workload('DCGM exporter', {
    metric: 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
    kind: 'counter',
    unit: 'mJ',
    component: 'gpu',
    meter: [GPU],
    device: GPU,
    hardware: ['modelName'],
    preference: 10,
  }),
  workload('DCGM exporter', {
    metric: 'DCGM_FI_DEV_POWER_USAGE',
    kind: 'power',
    unit: 'W',
    component: 'gpu',
    meter: [GPU],
    device: GPU,
    hardware: ['modelName'],
    preference: 20,
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
    meter: [NODE, ['zone'], ['path']],
    only: RAPL,
  }),
  machine('Kepler', {
    metric: 'kepler_node_gpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'gpu',
    meter: [GPU],
    device: GPU,
    hardware: ['gpu_name'],
    preference: 30,
  }),
  workload('Kepler', {
    metric: 'kepler_pod_cpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'cpu',
    meter: [NODE, ['pod_id', ...POD], ['zone']],
    only: RAPL,
  }),
  workload('Kepler', {
    metric: 'kepler_pod_gpu_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'gpu',
    meter: [NODE, ['pod_id', ...POD], GPU],
    device: null,
  }),
  ...partOf(
    'Kepler',
    'kepler_node_cpu_joules_total',
    ...['kepler_node_cpu_watts', 'kepler_node_cpu_active_joules_total', 'kepler_node_cpu_idle_joules_total'],
    ...['kepler_node_cpu_active_watts', 'kepler_node_cpu_idle_watts', 'kepler_platform_watts'],
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
      component: part === 'gpu' ? 'gpu' : part === 'dram' ? 'memory' : part === 'package' ? 'cpu' : 'other',
      meter: [NODE, ['pod_name', ...POD], ['container_id', ...CONTAINER], ['mode']],
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

const SCAPHANDRE: MetricRule[] = [
  machine('Scaphandre', { metric: 'scaph_host_energy_microjoules', kind: 'counter', unit: 'µJ', preference: 40 }),
  machine('Scaphandre', {
    metric: 'scaph_host_power_microwatts',
    kind: 'power',
    unit: 'µW',
    device: NODE,
    preference: 60,
  }),
  workload('Scaphandre', {
    metric: 'scaph_process_power_consumption_microwatts',
    kind: 'power',
    unit: 'µW',
    meter: [NODE, ['pid', 'exe'], ['cmdline']],
  }),
  ...partOf(
    'Scaphandre',
    'scaph_host_energy_microjoules',
    ...['scaph_socket_energy_microjoules', 'scaph_socket_power_microwatts', 'scaph_domain_energy_microjoules'],
    ...['scaph_domain_power_microwatts', 'scaph_host_rapl_psys_microjoules'],
  ),
]

/** Zeus counts the energy of the windows that a program measures. */
const ZEUS: MetricRule[] = (['gpu', 'cpu', 'dram'] as const).map((part) =>
  workload('Zeus', {
    metric: `energy_monitor_${part}_energy_joules`,
    kind: 'counter',
    unit: 'J',
    component: part === 'dram' ? 'memory' : part,
    meter: [NODE, ['window'], ['index']],
  }),
)

/** OpenTelemetry hardware conventions: a host's total has its own name, so that a whole and its parts can be told apart. */
const OTEL_HW: MetricRule[] = [
  ...(['hw.energy', 'hw_energy_joules_total'] as const).map((metric) =>
    workload('OpenTelemetry hw', {
      metric,
      kind: 'counter',
      unit: 'J',
      component: 'gpu',
      meter: [NODE, ['hw.id', 'hw_id']],
      device: ['hw.id', 'hw_id'],
      hardware: ['hw.model', 'hw_model', 'hw.name', 'hw_name'],
      preference: 15,
    }),
  ),
  ...(['hw.power', 'hw_power_watts'] as const).map((metric) =>
    workload('OpenTelemetry hw', {
      metric,
      kind: 'power',
      unit: 'W',
      component: 'gpu',
      meter: [NODE, ['hw.id', 'hw_id']],
      device: ['hw.id', 'hw_id'],
      hardware: ['hw.model', 'hw_model', 'hw.name', 'hw_name'],
      preference: 25,
    }),
  ),
  ...(['hw.host.energy', 'hw_host_energy_joules_total'] as const).map((metric) =>
    machine('OpenTelemetry hw', { metric, kind: 'counter', unit: 'J', meter: [NODE, ['hw.id', 'hw_id']] }),
  ),
  ...(['hw.host.power', 'hw_host_power_watts'] as const).map((metric) =>
    machine('OpenTelemetry hw', { metric, kind: 'power', unit: 'W', meter: [NODE, ['hw.id', 'hw_id']] }),
  ),
]

/** node_exporter and ipmi_exporter. RAPL package energy of node_exporter and the power of a whole chassis do not add. */
const NODE_POWER: MetricRule[] = [
  machine('node exporter', {
    metric: 'node_rapl_package_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'cpu',
    meter: [NODE, ['index'], ['path']],
  }),
  machine('node exporter', {
    metric: 'node_rapl_dram_joules_total',
    kind: 'counter',
    unit: 'J',
    component: 'memory',
    meter: [NODE, ['index'], ['path']],
  }),
  ...partOf(
    'node exporter',
    'node_rapl_package_joules_total',
    'node_rapl_core_joules_total',
    'node_rapl_uncore_joules_total',
  ),
  machine('IPMI exporter', { metric: 'ipmi_dcmi_power_consumption_watts', kind: 'power', unit: 'W', preference: 20 }),
  machine('IPMI exporter', {
    metric: 'ipmi_power_watts',
    kind: 'power',
    unit: 'W',
    meter: [NODE, ['name', 'id']],
    preference: 30,
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
    meter: [['job'], ['project_name']],
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
