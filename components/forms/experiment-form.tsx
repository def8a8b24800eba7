'use client'
import { type FormEvent, useId, useState } from 'react'
import { DEPLOYMENTS, STAGES } from '@/lib/contracts/common'
import type { ExperimentView } from '@/lib/contracts/experiments'
import { useEditExperiment } from '../hooks/use-experiments'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { issueOf } from './call-api'
import { deploymentOptions, stageOptions } from './deployments'
import { FormRefusal } from './form-refusal'

export interface ExperimentDialogProps {
  org: string
  experiment: ExperimentView
  sites: readonly { slug: string; name: string }[]
  onClose: () => void
}

const FIELDS = ['name', 'team', 'model', 'stage', 'deployment', 'site', 'pue_at_source'] as const
const said = (data: FormData, name: string): string | null => String(data.get(name) ?? '').trim() || null

/** What the CodeCarbon client cannot say itself: whose energy it is, of what, and where. */
export function ExperimentDialog({ org, experiment, sites, onClose }: ExperimentDialogProps) {
  const edit = useEditExperiment(org)
  const [pueError, setPueError] = useState<string>()
  const formId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const text = said(data, 'pue_at_source')
    const pue = text === null ? null : Number(text.replace(',', '.'))
    if (pue !== null && !(pue >= 1 && pue <= 5)) return setPueError('Between 1 and 5. Unknown? Leave empty.')
    setPueError(undefined)
    edit.mutate(
      {
        id: experiment.experiment_id,
        fields: {
          team: said(data, 'team'),
          model: said(data, 'model'),
          stage: STAGES.find((one) => one === data.get('stage')) ?? experiment.stage,
          deployment: DEPLOYMENTS.find((one) => one === data.get('deployment')) ?? experiment.deployment,
          site: said(data, 'site'),
          pue_at_source: pue,
        },
      },
      { onSuccess: onClose },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Map the experiment"
      description={
        <>
          <b className="font-medium text-ink">{experiment.name}</b>: holds for readings that arrive from now on. What is
          booked keeps what was said then.
        </>
      }
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" form={formId} disabled={edit.isPending}>
            {edit.isPending ? 'Saving' : 'Save mapping'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-3.5">
        <div className="grid gap-3.5 sm:grid-cols-2">
          <Field
            label="Team"
            name="team"
            defaultValue={experiment.team ?? ''}
            autoComplete="off"
            error={issueOf(edit.error, 'team')}
          />
          <Field
            label="Model"
            name="model"
            defaultValue={experiment.model ?? ''}
            autoComplete="off"
            error={issueOf(edit.error, 'model')}
          />
          <Select label="Stage" name="stage" defaultValue={experiment.stage} options={stageOptions} />
          <Select
            label="Deployment"
            name="deployment"
            defaultValue={experiment.deployment}
            options={deploymentOptions}
          />
        </div>
        <Select
          label="Site"
          name="site"
          defaultValue={experiment.site ?? ''}
          options={[{ value: '', label: 'Not said' }, ...sites.map(({ slug, name }) => ({ value: slug, label: name }))]}
          error={issueOf(edit.error, 'site')}
        />
        <Field
          label="PUE set in the client"
          name="pue_at_source"
          inputMode="decimal"
          defaultValue={experiment.pue_at_source ?? ''}
          placeholder="1.0"
          autoComplete="off"
          error={pueError ?? issueOf(edit.error, 'pue_at_source')}
          help="CodeCarbon multiplies its energies by this before it sends them. Empty: IT energy stays unknown, and no PUE is applied again"
        />
        {edit.error && <FormRefusal error={edit.error} shownFields={FIELDS} />}
      </form>
    </Dialog>
  )
}
