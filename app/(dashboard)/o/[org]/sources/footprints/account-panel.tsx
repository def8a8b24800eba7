'use client'
import { useState } from 'react'
import type { Cell, Column, Row } from '@/components/tables/cells'
import { DataTable } from '@/components/tables/data-table'
import { Button } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { Status } from '@/components/ui/status'
import type { CloudAccount, CloudMonth } from '@/lib/contracts/cloud-footprints'
import { formatPercent } from '@/lib/units/format'
import { providerName, statementWords } from './footprint-words'
import { MappingDialog } from './mapping-dialog'
import { PostDialog } from './post-dialog'
import { WithdrawDialog } from './withdraw-dialog'

const COLUMNS: Column[] = [
  { key: 'month', label: 'Month' },
  { key: 'electricity', label: 'Electricity: theirs', align: 'right', plain: 'entered' },
  { key: 'ours', label: 'ours', align: 'right', plain: 'part' },
  { key: 'difference', label: 'difference', align: 'right', plain: 'beside' },
  { key: 'market', label: 'Market-based: theirs', align: 'right', plain: 'entered' },
  { key: 'oursMarket', label: 'ours', align: 'right', plain: 'part' },
  { key: 'rest', label: 'Rest: theirs', align: 'right', plain: 'entered' },
  { key: 'upstream', label: 'our upstream', align: 'right', plain: 'part' },
  { key: 'embodied', label: 'our hardware', align: 'right', plain: 'part' },
  { key: 'total', label: 'Total: theirs', align: 'right', plain: 'entered' },
  { key: 'oursTotal', label: 'ours', align: 'right', plain: 'part' },
  { key: 'state', label: 'In the books' },
]

const share = (part: number | null): Cell =>
  part === null
    ? { text: null, why: 'Cannot be held against each other' }
    : { text: `${part < 0 ? '−' : '+'}${formatPercent(Math.abs(part))}`, sort: part }

const figure = (kg: number | null, why: string): Cell => kg ?? { text: null, why }

const rowOf = (month: CloudMonth): Row => {
  const { provider, ours, untold, statement } = month
  const state = statementWords(statement.state)
  const untoldWhy = 'Azure does not say whether it is location- or market-based'
  const theirs = (kg: number | null) => figure(kg, untold ? untoldWhy : 'The provider does not tell it')
  const own = (kg: number | null) =>
    figure(kg, ours.days === 0 ? 'No telemetry in this month' : 'Not known of every site, or a part of it is unknown')
  return {
    id: month.month,
    cells: {
      month: {
        text: month.month,
        why: `Model ${month.model_version}${month.other_versions.length > 0 ? `; also delivered: ${month.other_versions.join(', ')}` : ''}`,
      },
      electricity: untold ? { sort: untold.electricity_kg, why: untoldWhy } : theirs(provider.electricity_location_kg),
      ours: own(ours.electricity_location_kg),
      difference: share(month.difference.electricity),
      market: theirs(provider.electricity_market_kg),
      oursMarket: own(ours.electricity_market_kg),
      rest: theirs(provider.rest_kg),
      upstream: own(ours.upstream_kg),
      embodied: own(ours.embodied_kg),
      total: untold ? { sort: untold.total_kg, why: untoldWhy } : theirs(provider.total_location_kg),
      oursTotal: own(ours.total_location_kg),
      state: {
        text: state.word,
        why: statement.why,
        node: (
          <span title={statement.why}>
            <Status tone={state.tone}>{state.word}</Status>
          </span>
        ),
      },
    },
  }
}

const namesOf = (account: CloudAccount): string =>
  account.sites.length === 0 ? 'no site yet' : account.sites.map((site) => site.name).join(', ')

/** The newest sentence of each kind, so that a table of shares is read rightly. */
const wordsOf = (months: readonly CloudMonth[]): string[] => {
  const said = new Map<string, string>()
  for (const one of months) {
    const kind = one.difference.electricity === null ? one.difference.words : 'compared'
    if (!said.has(kind)) said.set(kind, `${one.month}: ${one.difference.words}`)
  }
  return [...said.values()].slice(0, 3)
}

const inState = (account: CloudAccount, ...states: CloudMonth['statement']['state'][]): CloudMonth[] =>
  account.months.filter((one) => states.includes(one.statement.state))

/** One account: each month of the provider beside ours, like with like, and whether it stands in the books. */
export function AccountPanel({
  org,
  account,
  sites,
  canEdit,
}: {
  org: string
  account: CloudAccount
  sites: readonly { slug: string; name: string }[]
  canEdit: boolean
}) {
  const [open, setOpen] = useState<'mapping' | 'post' | 'withdraw' | null>(null)
  const close = () => setOpen(null)
  const postable = inState(account, 'possible', 'changed')
  const overtaken = inState(account, 'overtaken')
  const standing = inState(account, 'posted', 'changed', 'overtaken')
  return (
    <Panel
      title={`${providerName(account.provider)} ${account.name ? `${account.name}, ` : ''}${account.account}`}
      meta={`Held against ${namesOf(account)}${account.shared_with.length > 0 ? `; shared with ${account.shared_with.join(', ')}` : ''}. kg CO2e, location-based where nothing else is said`}
      tools={
        canEdit && (
          <Button size={26} onClick={() => setOpen('mapping')}>
            Sites
          </Button>
        )
      }
    >
      {account.suggested.length > 0 && (
        <p className="mb-2 text-meta text-warn">
          {`No account claims ${account.suggested.map((site) => site.name).join(', ')}: as long as that is so, no month can count as stated.`}
        </p>
      )}
      <DataTable
        caption={`${providerName(account.provider)} ${account.account}, by month`}
        columns={COLUMNS}
        rows={account.months.map(rowOf)}
        density={28}
        maxHeight="420"
      />
      <ul className="mt-2 text-meta text-muted">
        {wordsOf(account.months).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {canEdit && (postable.length > 0 || standing.length > 0) && (
        <div className="mt-3 flex flex-wrap gap-2">
          {postable.length > 0 && (
            <Button
              onClick={() => setOpen('post')}
            >{`Count ${postable.length === 1 ? 'a month' : `${postable.length} months`} as stated`}</Button>
          )}
          {standing.length > 0 && (
            <Button tone={overtaken.length > 0 ? 'danger' : 'quiet'} onClick={() => setOpen('withdraw')}>
              {overtaken.length > 0
                ? `Withdraw ${overtaken.length === 1 ? 'a line' : `${overtaken.length} lines`} that telemetry has overtaken`
                : 'Withdraw a stated month'}
            </Button>
          )}
        </div>
      )}
      {open === 'mapping' && <MappingDialog org={org} account={account} sites={sites} onClose={close} />}
      {open === 'post' && <PostDialog org={org} account={account} months={postable} onClose={close} />}
      {open === 'withdraw' && (
        <WithdrawDialog
          org={org}
          account={account}
          months={standing}
          chosen={overtaken.map((one) => one.month)}
          onClose={close}
        />
      )}
    </Panel>
  )
}
