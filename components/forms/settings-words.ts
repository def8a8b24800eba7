import type { Settings } from '@/lib/contracts/settings'

export const CONSOLIDATION_WORDS: Record<Settings['consolidation'], string> = {
  operational_control: 'Operational control',
  financial_control: 'Financial control',
  equity_share: 'Equity share',
}
export const CONSOLIDATION_SAYS: Record<Settings['consolidation'], string> = {
  operational_control: 'All of what one runs oneself, nothing of the rest',
  financial_control: 'All of what one’s accounts consolidate',
  equity_share: 'Of each operation the share that one owns',
}

export const IDLE_WORDS: Record<Settings['idle_rule'], string> = {
  unallocated: 'A line of its own',
  consumed: 'To its users, by what they consumed',
  reserved: 'To its users, by what they had reserved',
}

export const PRICE_WORDS = { shadow: 'Shadow price', fee: 'Internal fee', implicit: 'Implicit price' } as const
