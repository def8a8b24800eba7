import { instrumentAddress } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { ExplainedAllocation } from '@/lib/rollups/explain-allocations'

export const wireAllocation = (line: ExplainedAllocation): ExplainAnswer['allocations'][number] => ({
  month: line.month,
  instrument: line.instrument,
  instrument_address: instrumentAddress(line.instrument_id),
  workload: line.workload,
  covered_uwh: line.covered_uwh.toString(),
  replaced_mg: line.replaced_mg.toString(),
  own_mg: line.own_mg.toString(),
  effect_mg: line.effect_mg.toString(),
})
