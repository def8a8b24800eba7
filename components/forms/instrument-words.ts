import { INSTRUMENT_KINDS, type InstrumentKind } from '@/lib/contracts/instruments'
import type { SelectOption } from '../ui/select'

export const INSTRUMENT_WORDS: Record<InstrumentKind, string> = {
  go: 'Guarantee of origin',
  rec: 'REC',
  i_rec: 'I-REC',
  ppa: 'Power purchase agreement',
  green_tariff: 'Green tariff',
  supplier_rate: 'Supplier rate',
}

export const instrumentKindOptions: SelectOption[] = INSTRUMENT_KINDS.map((value) => ({
  value,
  label: INSTRUMENT_WORDS[value],
}))

/** What each criterion of table 7.1 asks for. */
export const CRITERION_WORDS: Record<string, string> = {
  conveys_attribute: 'Conveys the emission rate',
  sole_claim: 'Is the sole claim',
  tracked_and_cancelled: 'Tracked, and cancelled for the reporter',
  vintage_close: 'Vintage close to consumption',
  same_market: 'Same market',
  supplier_delivered: 'Rate of delivered electricity',
  contract_transfers_claims: 'Contract transfers its claims',
  residual_mix: 'Residual mix known, or said to be missing',
}
