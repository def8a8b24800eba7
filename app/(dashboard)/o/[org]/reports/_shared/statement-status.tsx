import { Status } from '@/components/ui/status'

export type StatementState = 'no-data' | 'provisional' | 'live' | 'settled'

/** `live`: every hour so far is settled, and the year is not over, so hours may still be added. */
export const stateOf = (one: { year: number; provisional: boolean }, today: string): StatementState =>
  one.provisional ? 'provisional' : today < `${one.year + 1}-01-01` ? 'live' : 'settled'

export const STATE_WORDS: Record<StatementState, string> = {
  'no-data': 'No data',
  provisional: 'Provisional',
  live: 'Live',
  settled: 'Settled',
}
const TONE = { 'no-data': 'plain', provisional: 'stale', live: 'running', settled: 'verified' } as const

export function StatementStatus({ state }: { state: StatementState }) {
  return <Status tone={TONE[state]}>{STATE_WORDS[state]}</Status>
}
