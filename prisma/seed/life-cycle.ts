import type { ModelFields } from '@/lib/contracts/models'
import type { Outcome } from '@/lib/contracts/runs'
import type { Tx } from '@/lib/db/with-org-sql'
import { writeModel } from '@/lib/registry/edit-model'
import { writeRun } from '@/lib/registry/edit-run'
import { HOUR } from '@/lib/units/time'
import type { Calendar } from './calendar'
import { SEED } from './progress'
import { randomOf } from './random'
import { runsOf } from './runs'
import type { Hardware, Workload } from './workloads'

/** What people say of models and runs afterwards: parents, parameters, outcomes, FLOPs and tokens. Said once; what is known stays. */

const MODELS: Record<string, ModelFields> = {
  'meridian-70b': { parent: null, inherited_share: 0, parameters: 70.6e9, active_parameters: 70.6e9 },
  // Distilled from the large one.
  'meridian-8b': { parent: 'meridian-70b', inherited_share: 0.05, parameters: 8.03e9, active_parameters: 8.03e9 },
  'search-embed-v2': { parent: null, inherited_share: 0, parameters: 335e6, active_parameters: null },
  'ranker-v3': { parent: 'search-embed-v2', inherited_share: 0.5, parameters: 435e6, active_parameters: null },
  'vision-encoder': { parent: null, inherited_share: 0, parameters: 632e6, active_parameters: null },
  'speech-s': { parent: null, inherited_share: 0, parameters: 244e6, active_parameters: null },
}

const NOT_COMPLETED: Record<string, Outcome> = {
  'm70b-pretrain-03-failed': 'failed',
  'rl-agents-05': 'failed',
  'eval-kef-trial': 'abandoned',
  'speech-dubbing-02': 'abandoned',
}

/** Dense peak at bfloat16, 10¹² FLOP/s, and how much of it training reaches here. */
const PEAK: Partial<Record<Hardware, { tflops: number; mfu: [low: number, high: number] }>> = {
  h100: { tflops: 989.4, mfu: [0.36, 0.43] },
  a100: { tflops: 312, mfu: [0.31, 0.38] },
  l40s: { tflops: 362, mfu: [0.22, 0.28] },
  tpu: { tflops: 197, mfu: [0.42, 0.5] },
}

/** 6ND of as many tokens as the hardware can have seen in the time; a failed run was not counted by anybody. */
const workOf = (run: Workload): { flops: number; tokens: number } | null => {
  const parameters = MODELS[run.model]?.parameters
  const peak = PEAK[run.hardware]
  const trains = run.stage === 'training' || run.stage === 'fine-tuning'
  if (!trains || !parameters || !peak || NOT_COMPLETED[run.name]) return null
  const deviceHours = (run.count * (run.end - run.start)) / HOUR
  const mfu = randomOf(`mfu ${run.name}`).between(...peak.mfu)
  const tokens = Number(((deviceHours * 3600 * peak.tflops * 1e12 * mfu) / (6 * parameters)).toPrecision(3))
  return { flops: 6 * parameters * tokens, tokens }
}

export const writeLifeCycle = async (tx: Tx, orgId: string, calendar: Calendar): Promise<void> => {
  const { rows: models } = await tx.query<{ name: string }>(
    'select name from model where org_id = $1 and parameters is null',
    [orgId],
  )
  for (const { name } of models) {
    const fields = MODELS[name]
    if (fields) await writeModel(tx, orgId, name, fields, SEED)
  }
  const { rows: runs } = await tx.query<{ name: string }>(
    'select name from run where org_id = $1 and outcome is null',
    [orgId],
  )
  const silent = new Set(runs.map(({ name }) => name))
  for (const run of runsOf(calendar)) {
    if (!silent.has(run.name)) continue
    const work = workOf(run)
    await writeRun(
      tx,
      orgId,
      run.name,
      {
        outcome: NOT_COMPLETED[run.name] ?? 'completed',
        flops: work?.flops ?? null,
        flops_source: work ? '6ND, tokens of the training log' : null,
        tokens: work?.tokens ?? null,
      },
      SEED,
    )
  }
}
