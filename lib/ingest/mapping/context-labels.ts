import { STAGES, type StageName } from '@/lib/contracts/common'
import type { SaidField } from '@/lib/contracts/mapping'
import type { Label } from '../wire/wire-series'

/** What labels say of a workload and its place. null where they say nothing. */
export interface SaidByLabels {
  /** Named by a label of its own. */
  run: string | null
  service: string | null
  /** The pod's owner, where a pod is named: a run or a service, as the source's mapping has it. */
  owner: string | null
  team: string | null
  model: string | null
  stage: StageName | null
  site: string | null
  /** What the machines of a site are called together, where no site is named. */
  cluster: string | null
  cloudRegion: string | null
  provider: string | null
}

/**
 * Labels in the order in which they are believed. Prometheus writes `.`, `/` and `-` as `_`, and puts `exported_` before a label that its
 * own target labels would hide: the exported one is the workload's. kube-state labels come as `label_…`, OpenTelemetry's as `k8s.pod.label.…`.
 */
const LABELS: Record<SaidField, string[]> = {
  run: [
    ...[
      'wattledger.run',
      'run_id',
      'mlflow.run_id',
      'jobset.sigs.k8s.io/jobset-name',
      'training.kubeflow.org/job-name',
    ],
    ...[
      'trainer.kubeflow.org/trainjob-name',
      'k8s.job.name',
      'exported_job_name',
      'job_name',
      'batch.kubernetes.io/job-name',
    ],
    ...['slurm_job_id', 'slurm.job.id', 'hpc_job'],
  ],
  team: [
    ...[
      'wattledger.team',
      'team',
      'kueue.x-k8s.io/queue-name',
      'exported_namespace',
      'pod_namespace',
      'namespace',
      'k8s.namespace.name',
    ],
    ...['container_namespace', 'kubernetes_namespace', 'slurm_account'],
  ],
  model: ['wattledger.model', 'model', 'model_name', 'gen_ai.request.model'],
  stage: ['wattledger.stage', 'stage', 'trainer.kubeflow.org/trainjob-ancestor-step'],
  service: ['wattledger.service'],
  site: ['wattledger.site', 'site', 'datacenter'],
  cloudRegion: ['cloud.region', 'topology.kubernetes.io/region', 'region'],
  provider: ['cloud.provider', 'cloud_provider'],
}

const CLUSTER = ['k8s.cluster.name', 'cluster', 'cluster_name']
const POD = ['exported_pod', 'pod_name', 'kubernetes_pod_name', 'k8s.pod.name', 'pod']
const CONTAINER = ['exported_container', 'container_name', 'k8s.container.name', 'container']

/** Trainer v2 runs its steps in this order: what goes before the trainer prepares data. */
const STEPS: Record<string, StageName> = {
  'dataset-initializer': 'data-preparation',
  'model-initializer': 'data-preparation',
  trainer: 'training',
}

const SYNONYMS: Record<string, StageName> = {
  preprocessing: 'data-preparation',
  pretraining: 'training',
  'pre-training': 'training',
  finetuning: 'fine-tuning',
  finetune: 'fine-tuning',
  eval: 'evaluation',
  serving: 'inference',
}

const spelled = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '_')

/** `train-llm-7f9c4d5b8-x2x9q` → `train-llm`: a pod's owner, without what its controller appends. */
export const ownerOfPod = (pod: string): string =>
  pod
    .replace(/-[0-9a-f]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/, '')
    .replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}$/, '')
    .replace(/-\d+$/, '') || pod

/** Labels by every spelling under which a sender may have them. */
export const labelReader = (labels: Label[]): ((names: string[]) => string | null) => {
  const byName = new Map<string, string>()
  for (const { name, value } of labels) {
    if (value === '') continue
    const plain = spelled(name)
    byName.set(plain, value)
    const bare = plain.replace(/^(k8s_pod_labels?_|k8s_namespace_labels?_|label_|exported_label_)/, '')
    if (!byName.has(bare)) byName.set(bare, value)
  }
  return (names) => {
    for (const name of names) {
      const value = byName.get(spelled(name))
      if (value !== undefined) return value
    }
    return null
  }
}

const stageOf = (text: string | null): StageName | null => {
  if (text === null) return null
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
  return STEPS[plain] ?? STAGES.find((stage) => stage === plain) ?? SYNONYMS[plain] ?? null
}

/** A label named only `region` may be a part of the world. */
const LOOKS_LIKE_A_REGION = /^[a-z]{2,}-[a-z]+-?\d+[a-z]?$/

const regionOf = (read: (names: string[]) => string | null, own: string[], provider: string | null): string | null => {
  const explicit = read([...own, ...LABELS.cloudRegion.filter((name) => name !== 'region')])
  const plain = read(['region'])
  const region = explicit ?? (plain !== null && (provider !== null || LOOKS_LIKE_A_REGION.test(plain)) ? plain : null)
  return region === null ? null : provider === null ? region : `${provider}:${region}`
}

/**
 * @param own labels of this source that go before the built-in ones, by field
 * @param ownPods a pod or container of such a name is the exporter's own: Prometheus puts it where a device names no pod
 */
export const saidByLabels = (
  labels: Label[],
  own: Partial<Record<SaidField, string[]>> = {},
  ownPods?: RegExp,
): SaidByLabels => {
  const read = labelReader(labels)
  const of = (field: SaidField) => read([...(own[field] ?? []), ...LABELS[field]])
  const pod = read(POD)
  const isOwnPod = pod !== null && ownPods !== undefined && (ownPods.test(pod) || ownPods.test(read(CONTAINER) ?? ''))
  const provider = of('provider')
  return {
    run: of('run'),
    service: of('service'),
    owner: pod === null || isOwnPod ? null : ownerOfPod(pod),
    team: of('team'),
    model: of('model'),
    stage: stageOf(of('stage')),
    site: of('site'),
    cluster: read(CLUSTER),
    cloudRegion: regionOf(read, own.cloudRegion ?? [], provider),
    provider,
  }
}
