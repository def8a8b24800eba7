import type { StatusTone } from '@/components/ui/status'
import type { CloudAccount, CloudMonth, CloudProvider } from '@/lib/contracts/cloud-footprints'

const PROVIDER: Record<CloudProvider, string> = { aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure' }
export const providerName = (provider: CloudProvider): string => PROVIDER[provider]

const STATE: Record<CloudMonth['statement']['state'], { tone: StatusTone; word: string }> = {
  posted: { tone: 'verified', word: 'Counted as stated' },
  changed: { tone: 'warn', word: 'Restated since' },
  overtaken: { tone: 'breach', word: 'Would count twice' },
  possible: { tone: 'plain', word: 'Not counted yet' },
  covered: { tone: 'verified', word: 'Telemetry counts' },
  blocked: { tone: 'warn', word: 'Cannot be counted' },
}
export const statementWords = (state: CloudMonth['statement']['state']) => STATE[state]

const TO_DO: readonly CloudMonth['statement']['state'][] = ['overtaken', 'changed']

export const titleOf = (accounts: readonly CloudAccount[]): string => {
  if (accounts.length === 0)
    return "The provider's own figure beside ours; where no telemetry covers a month, it can count instead"
  const months = accounts.flatMap((one) => one.months)
  const due = months.filter((one) => TO_DO.includes(one.statement.state)).length
  const told = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}, ${months.length} months`
  return due === 0 ? `${told}: none counts twice` : `${told}, ${due} to decide`
}
