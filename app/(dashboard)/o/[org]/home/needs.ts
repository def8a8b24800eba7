import type { NeedsFacts } from '@/lib/rollups/home-needs'
import { formatCount, formatMass } from '@/lib/units/format'
import { ledgerHref, type PageView } from '../runs/_shared/page-view'
import { counted, daySpan, gapToDo, gapWords, shortDay } from '../runs/_shared/words'
import type { Need } from './needs-you'

const GAP_VERB: Record<string, { verb: string; icon: Need['icon'] }> = {
  zone_unknown: { verb: 'Open', icon: 'breach' },
  no_intensity: { verb: 'Import', icon: 'breach' },
  no_reading: { verb: 'Open', icon: 'warn' },
  single_reading: { verb: 'Open', icon: 'warn' },
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Facts → what to do about them, the weightiest first. */
export const needsOf = (facts: NeedsFacts, org: string, view: PageView): Need[] => {
  const needs: Need[] = facts.gaps.map((gap) => ({
    id: `gap-${gap.reason}`,
    ...(GAP_VERB[gap.reason] ?? { verb: 'Open', icon: 'warn' as const }),
    what: `${capitalised(gapWords(gap.reason))}: ${counted(gap.hours, 'hour')}`,
    evidence: `${counted(gap.workloads, 'run')}, ${daySpan(gap.firstDay, gap.lastDay, view.today)}; ${gapToDo(gap.reason)}`,
    href: gap.reason === 'no_intensity' ? `/o/${org}/grid` : ledgerHref(org, view, { gap: '1' }),
  }))
  const [silent] = facts.silent
  if (silent) {
    const others = facts.silent.length - 1
    needs.push({
      id: 'silent',
      icon: 'warn',
      what: `${silent.place}: ${silent.meter} silent since ${shortDay(silent.lastDay, view.today)}`,
      evidence: others > 0 ? `and ${counted(others, 'other meter')}` : 'neither yesterday nor today has a reading',
      verb: 'Open',
      href: `/o/${org}/sources`,
    })
  }
  const refused = facts.rejected.reduce((all, one) => all + one.readings, 0)
  if (refused > 0) {
    needs.push({
      id: 'rejected',
      icon: 'warn',
      what: `${counted(refused, 'reading')} refused in the last 7 days`,
      evidence: facts.rejected
        .slice(0, 3)
        .map((one) => `${one.reason.replaceAll('_', ' ')} ${formatCount(one.readings)}`)
        .join(', '),
      verb: 'Open',
      href: `/o/${org}/sources`,
    })
  }
  if (facts.screening) {
    const mass = formatMass(facts.screening.mg)
    const zones = facts.screening.zones
    needs.push({
      id: 'screening',
      icon: 'note',
      what: `Screening figures in use: ${mass?.value}\u202f${mass?.unit}`,
      evidence: `life-cycle averages of ${zones.slice(0, 3).join(', ')}${zones.length > 3 ? ` and ${zones.length - 3} more` : ''}, kept out of Scope 2 rows`,
      verb: 'Open',
      href: ledgerHref(org, view, zones.length === 1 ? { zone: zones[0] as string } : {}),
    })
  }
  if (facts.provisional) {
    const { days, firstDay, lastDay } = facts.provisional
    needs.push({
      id: 'provisional',
      icon: 'clock',
      what: `${counted(days, 'day')} still provisional`,
      evidence: `${daySpan(firstDay, lastDay, view.today)}; a day settles 48 h after its end`,
      verb: 'Open',
      href: ledgerHref(org, view, { from: firstDay }),
    })
  }
  const weight: Record<Need['icon'], number> = { breach: 0, warn: 1, note: 2, clock: 3 }
  return needs.sort((a, b) => weight[a.icon] - weight[b.icon])
}
