import type { Label } from '../wire/wire-series'

/** What labels say of a workload and its place. null where they say nothing. */
export interface SaidByLabels {
  run: string | null
  team: string | null
  model: string | null
  stage: string | null
  site: string | null
  cloudRegion: string | null
  provider: string | null
}

export type SaidField = keyof SaidByLabels

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
  site: ['wattledger.site', 'site', 'k8s.cluster.name', 'cluster', 'cluster_name', 'datacenter'],
  cloudRegion: ['cloud.region', 'cloud_region', 'region', 'topology.kubernetes.io/region'],
  provider: ['cloud.provider', 'cloud_provider'],
}

const POD = ['exported_pod', 'pod_name', 'pod', 'k8s.pod.name']

/** Trainer v2 runs its steps in this order: what goes before the trainer prepares data. */
const STEPS: Record<string, string> = {
  'dataset-initializer': 'data-preparation',
  'model-initializer': 'data-preparation',
  trainer: 'training',
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

/**
 * @param own labels of this source that go before the built-in ones, by field
 */
export const saidByLabels = (labels: Label[], own: Partial<Record<SaidField, string[]>> = {}): SaidByLabels => {
  const read = labelReader(labels)
  const of = (field: SaidField) => read([...(own[field] ?? []), ...LABELS[field]])
  const pod = read(POD)
  const stage = of('stage')
  const provider = of('provider')
  const region = of('cloudRegion')
  return {
    run: of('run') ?? (pod === null ? null : ownerOfPod(pod)),
    team: of('team'),
    model: of('model'),
    stage: stage === null ? null : (STEPS[stage] ?? stage),
    site: of('site'),
    cloudRegion: region === null ? null : provider === null ? region : `${provider}:${region}`,
    provider,
  }
}
