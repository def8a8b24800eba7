'use client'
import { useState } from 'react'
import type { ExperimentView } from '@/lib/contracts/experiments'
import type { Column, Row } from '../tables/cells'
import { DataTable } from '../tables/data-table'
import { Button } from '../ui/button'
import { deploymentOptions, stageOptions } from './deployments'
import { ExperimentDialog } from './experiment-form'

export interface ExperimentTableProps {
  org: string
  experiments: readonly ExperimentView[]
  sites: readonly { slug: string; name: string }[]
  /** Whether the reader may change what is said. */
  canEdit: boolean
}

const labelOf = (options: readonly { value: string; label: string }[], value: string): string =>
  options.find((option) => option.value === value)?.label ?? value

export function ExperimentTable({ org, experiments, sites, canEdit }: ExperimentTableProps) {
  const [open, setOpen] = useState<ExperimentView | null>(null)
  const columns: Column[] = [
    { key: 'name', label: 'Experiment' },
    { key: 'team', label: 'Team' },
    { key: 'model', label: 'Model' },
    { key: 'stage', label: 'Stage' },
    { key: 'deployment', label: 'Deployment' },
    { key: 'site', label: 'Site' },
    { key: 'pue', label: 'PUE in client', align: 'right', digits: 2, plain: 'entered' },
    ...(canEdit
      ? [{ key: 'edit', label: 'Action', align: 'right' as const, sortable: false, plain: 'control' as const }]
      : []),
  ]
  const rows = experiments.map(
    (one): Row => ({
      id: one.experiment_id,
      cells: {
        name: {
          text: one.name.length > 40 ? `${one.name.slice(0, 39)}…` : one.name,
          why: `${one.name}, ${one.experiment_id}`,
        },
        team: one.team ?? { text: null, why: 'No team: its emissions are unassigned' },
        model: one.model ?? { text: null, why: 'No model said' },
        stage: labelOf(stageOptions, one.stage),
        deployment: labelOf(deploymentOptions, one.deployment),
        site: one.site
          ? (sites.find(({ slug }) => slug === one.site)?.name ?? one.site)
          : { text: null, why: 'No site said' },
        pue: one.pue_at_source ?? { text: null, why: 'Not said: IT energy stays unknown' },
        edit: {
          text: '',
          node: (
            <Button size={26} onClick={() => setOpen(one)} aria-label={`Map ${one.name}`}>
              Map
            </Button>
          ),
        },
      },
    }),
  )
  return (
    <>
      <DataTable caption="CodeCarbon experiments" columns={columns} rows={rows} maxHeight="420" />
      {open && <ExperimentDialog org={org} experiment={open} sites={sites} onClose={() => setOpen(null)} />}
    </>
  )
}
