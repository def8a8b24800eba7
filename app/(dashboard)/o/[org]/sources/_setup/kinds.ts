import type { ProtocolName } from '@/lib/contracts/sources'
import * as code from './snippets'

export interface SetupStep {
  says: string
  label: string
  code: string
}

export interface SetupKind {
  id: string
  name: string
  says: string
  group: 'Clusters and machines' | 'Training and jobs' | 'Your own code' | 'Clouds, grids and files'
  /** What arrives by it; empty where nothing is sent to us. */
  protocols: readonly ProtocolName[]
  /** Ready to paste, with the address that this organisation's senders use. */
  steps: (origin: string) => SetupStep[]
  /** A page that does it, in place of a sender. */
  page?: { label: string; path: string; says: string }
}

const step = (says: string, label: string, text: string): SetupStep => ({ says, label, code: text })

export const SETUP_KINDS: readonly SetupKind[] = [
  {
    id: 'prometheus',
    name: 'Prometheus',
    says: 'Remote write of whatever it scrapes: DCGM, Kepler, Scaphandre, node and IPMI exporters',
    group: 'Clusters and machines',
    protocols: ['prometheus'],
    steps: (origin) => [
      step(
        'Add to prometheus.yml and reload. What is no energy is left out here, and counted; the filter only saves traffic.',
        'prometheus.yml',
        code.prometheus(origin),
      ),
      step(
        'Keep the key in a file of its own, readable by Prometheus alone.',
        'Key file',
        'printf \'%s\' "$WATTLEDGER_KEY" > /etc/prometheus/wattledger.key\nchmod 600 /etc/prometheus/wattledger.key',
      ),
    ],
  },
  {
    id: 'dcgm',
    name: 'DCGM exporter',
    says: 'Energy counters of NVIDIA GPUs, by the pod that holds each',
    group: 'Clusters and machines',
    protocols: ['prometheus'],
    steps: (origin) => [
      step(
        'The energy counter must be among the fields that the exporter reads; power alone is taken too, and tells less.',
        'DCGM fields (CSV)',
        code.dcgmFields,
      ),
      step('Scrape it and write it here.', 'prometheus.yml', code.dcgm(origin)),
    ],
  },
  {
    id: 'kepler',
    name: 'Kepler',
    says: 'Energy of nodes and of the pods on them, 0.8 and later, or the earlier names',
    group: 'Clusters and machines',
    protocols: ['prometheus'],
    steps: (origin) => [step('Scrape it and write it here.', 'prometheus.yml', code.kepler(origin))],
  },
  {
    id: 'otel-collector',
    name: 'OpenTelemetry collector',
    says: 'Metrics over OTLP/HTTP: hw.energy, hw.power, and what its receivers scrape',
    group: 'Clusters and machines',
    protocols: ['otlp'],
    steps: (origin) => [step('Add the exporter to the metrics pipeline.', 'config.yaml', code.collector(origin))],
  },
  {
    id: 'codecarbon',
    name: 'CodeCarbon',
    says: 'The unmodified client: one file of settings changes',
    group: 'Training and jobs',
    protocols: ['codecarbon'],
    steps: (origin) => [
      step(
        'Any experiment id is taken: a new one is listed under Sources, to be mapped to a team and a model.',
        '.codecarbon.config',
        code.codecarbon(origin),
      ),
    ],
    page: {
      label: 'Upload emissions.csv',
      path: 'sources/add/codecarbon',
      says: 'Files of runs that are over, of any version of the client.',
    },
  },
  {
    id: 'pushgateway',
    name: 'Pushgateway',
    says: 'Batch jobs that push their metrics before they end',
    group: 'Training and jobs',
    protocols: ['pushgateway'],
    steps: (origin) => [
      step('The job in the address is the run.', 'Push', code.push(origin)),
      step('The same from Python, with prometheus_client.', 'Python', code.pushPython(origin)),
    ],
  },
  {
    id: 'mlflow',
    name: 'MLflow',
    says: 'Runs, tags and system metrics are fetched from your tracking server',
    group: 'Training and jobs',
    protocols: ['mlflow'],
    steps: () => [
      step(
        'Power is among the system metrics only where they are switched on.',
        'Environment of the training job',
        'export MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING=true',
      ),
    ],
    page: {
      label: 'Open connectors',
      path: 'sources/connectors',
      says: 'The address of the server and its token are kept sealed; nothing needs to be sent from your side.',
    },
  },
  {
    id: 'native',
    name: 'curl, the readings API',
    says: 'Power in W or kW, counters in J to kWh, or energy per interval',
    group: 'Your own code',
    protocols: ['native'],
    steps: (origin) => [
      step('The answer names each refused reading and why. Times carry an offset.', 'Readings', code.readings(origin)),
      step(
        'One energy for a whole run: the answer holds kWh, kg and every assumption.',
        'Activity',
        code.activity(origin),
      ),
    ],
  },
  {
    id: 'python',
    name: 'Python',
    says: 'The readings API with the standard library: nothing to install',
    group: 'Your own code',
    protocols: ['native'],
    steps: (origin) => [
      step('Reads the power of NVIDIA GPUs once a minute and sends it.', 'meter.py', code.python(origin)),
    ],
  },
  {
    id: 'otel-js',
    name: 'OpenTelemetry, JavaScript',
    says: 'The SDK exporters, protobuf or JSON',
    group: 'Your own code',
    protocols: ['otlp'],
    steps: (origin) => [
      step('A counter in joules, named by the convention for hardware.', 'energy.mjs', code.otelJs(origin)),
    ],
  },
  {
    id: 'cloud-footprints',
    name: 'Cloud footprints',
    says: 'Carbon exports of AWS, Google Cloud and Azure, held against our own estimate',
    group: 'Clouds, grids and files',
    protocols: [],
    steps: () => [],
    page: {
      label: 'Import a footprint',
      path: 'sources/footprints',
      says: 'A monthly file, not a sender: it is recognised by its columns and units, tried first, and never counted twice.',
    },
  },
  {
    id: 'grid',
    name: 'Grid connectors',
    says: 'Electricity Maps, WattTime, GB Carbon Intensity: hourly intensities, fetched',
    group: 'Clouds, grids and files',
    protocols: [],
    steps: () => [],
    page: {
      label: 'Open connectors',
      path: 'sources/connectors',
      says: 'Late and corrected hours become a new revision, and the days that rest on them are posted again.',
    },
  },
  {
    id: 'csv',
    name: 'CSV files',
    says: 'Hardware, activity lines, instruments, factors, grid hours and delivered units',
    group: 'Clouds, grids and files',
    protocols: [],
    steps: () => [],
    page: {
      label: 'Import grid hours',
      path: 'grid',
      says: 'Each register takes files on its own page: Hardware, Activities, Instruments, Factors, Sites, Grid and Services.',
    },
  },
]

export const GROUPS = [...new Set(SETUP_KINDS.map((kind) => kind.group))]

/** The kind that set a source up, for its Setup tab: the first that arrives by its protocol. */
export const kindOfProtocol = (protocol: ProtocolName): SetupKind | undefined =>
  protocol === 'activities' || protocol === 'ndjson'
    ? SETUP_KINDS.find((kind) => kind.id === 'native')
    : protocol === 'codecarbon-csv'
      ? SETUP_KINDS.find((kind) => kind.id === 'codecarbon')
      : SETUP_KINDS.find((kind) => kind.protocols.includes(protocol))
