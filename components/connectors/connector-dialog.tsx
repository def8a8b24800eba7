'use client'
import { type FormEvent, useId, useState } from 'react'
import { CONNECTOR_KINDS, type ConnectorKind, type ConnectorView } from '@/lib/contracts/connectors'
import { Refusal } from '../forms/call-api'
import { FormRefusal } from '../forms/form-refusal'
import { useSaveConnector } from '../hooks/use-connectors'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { type DraftFaults, requestOf } from './connector-draft'
import { ConnectorFields } from './connector-fields'
import { KIND_WORDS } from './connector-words'

/** The words of the server for a field, wherever it stands in the request. */
const serverIssue = (error: Error | null, name: string): string | undefined =>
  error instanceof Refusal
    ? error.issues.find(({ path }) => [name, `settings.${name}`].some((at) => path === at || path.startsWith(`${at}.`)))
        ?.message
    : undefined

function KindChoice({ onChoose }: { onChoose: (kind: ConnectorKind) => void }) {
  return (
    <ul className="-my-2">
      {CONNECTOR_KINDS.map((kind) => (
        <li key={kind} className="border-b border-hairline last:border-0">
          <button
            type="button"
            onClick={() => onChoose(kind)}
            className="-mx-3 block w-[calc(100%+24px)] cursor-pointer px-3 py-3 text-left outline-offset-[-2px] hover:bg-sunken"
          >
            <span className="block font-medium">{KIND_WORDS[kind].name}</span>
            <span className="mt-0.5 block text-meta text-ink-2">{KIND_WORDS[kind].brings}.</span>
            <span className="mt-0.5 block text-meta text-muted">{KIND_WORDS[kind].key}.</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

export interface ConnectorDialogProps {
  org: string
  /** Null: a new one, whose kind is chosen first. */
  connector: ConnectorView | null
  onClose: () => void
}

/** Adds a connector in two steps, or changes one. */
export function ConnectorDialog({ org, connector, onClose }: ConnectorDialogProps) {
  const [kind, setKind] = useState<ConnectorKind | null>(connector?.kind ?? null)
  const [faults, setFaults] = useState<DraftFaults>({})
  const save = useSaveConnector(org, connector?.connector_id ?? null)
  const formId = useId()
  const hasSecret = connector?.has_secret ?? false
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (kind === null) return
    const judged = requestOf(new FormData(event.currentTarget), kind, {
      hasSecret,
      isActive: connector?.is_active ?? true,
    })
    setFaults('faults' in judged ? judged.faults : {})
    if ('request' in judged) save.mutate(judged.request, { onSuccess: onClose })
  }
  const goBack = () => {
    setKind(null)
    setFaults({})
    save.reset()
  }
  const errorOf = (name: string) => faults[name] ?? serverIssue(save.error, name)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={kind === null ? 'What shall be fetched?' : connector ? connector.name : KIND_WORDS[kind].name}
      description={kind === null ? undefined : `${KIND_WORDS[kind].key}.`}
      actions={
        kind === null ? undefined : (
          <>
            {connector === null && (
              <Button tone="quiet" onClick={goBack}>
                Back
              </Button>
            )}
            <Button tone="primary" type="submit" form={formId} disabled={save.isPending}>
              {save.isPending ? 'Saving' : connector ? 'Save connector' : 'Add connector'}
            </Button>
          </>
        )
      }
    >
      {kind === null ? (
        <KindChoice onChoose={setKind} />
      ) : (
        <form id={formId} key={kind} onSubmit={submit} noValidate className="grid gap-3.5">
          <Field
            label="Name"
            name="name"
            defaultValue={connector?.name ?? KIND_WORDS[kind].name}
            maxLength={200}
            autoComplete="off"
            error={errorOf('name')}
          />
          <ConnectorFields kind={kind} settings={connector?.settings ?? {}} hasSecret={hasSecret} errorOf={errorOf} />
          {save.error && <FormRefusal error={save.error} />}
        </form>
      )}
    </Dialog>
  )
}
