'use client'
import { type FormEvent, useId, useState } from 'react'
import { KEY_SCOPES, type KeyScope } from '@/lib/contracts/api-keys'
import { useCreateKey } from '../hooks/use-keys'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { issueOf } from './call-api'
import { CodeBlock } from './code-block'
import { FormRefusal } from './form-refusal'

const SCOPE_SAYS: Record<KeyScope, string> = {
  ingest: 'Send readings, activities and grid hours. Reads nothing.',
  read: 'Read emissions, the ledger, sources and reports. Writes nothing.',
  admin: 'All of these, and change sites and keys. For automation that you trust as an admin.',
}

const EXPIRY = [
  { value: '', label: 'Does not expire' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
]

/** Leaving without the secret takes two tries: it cannot be shown again. */
function Secret({ secret, name, onClose }: { secret: string; name: string; onClose: () => void }) {
  const [isCopied, setIsCopied] = useState(false)
  const [isWarned, setIsWarned] = useState(false)
  const leave = () => (isCopied || isWarned ? onClose() : setIsWarned(true))
  return (
    <Dialog
      open
      onOpenChange={leave}
      title="Copy the key now"
      description={`This is the only time that the key “${name}” is shown: the database holds its digest. Lost? Revoke it and make another.`}
      actions={
        <Button tone="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <CodeBlock label="API key" code={secret} wrap onCopied={() => setIsCopied(true)} />
      <p role="alert" className="mt-2 text-meta text-warn empty:hidden">
        {isWarned && !isCopied && 'Not copied yet. Close again to leave without it: then it can only be revoked.'}
      </p>
    </Dialog>
  )
}

/** Name, scopes, expiry; then the secret, this once. */
export function CreateKeyDialog({ org, onClose }: { org: string; onClose: () => void }) {
  const create = useCreateKey(org)
  const [missing, setMissing] = useState<{ name?: string; scopes?: string }>({})
  const formId = useId()
  const scopeId = useId()
  if (create.data) return <Secret secret={create.data.secret} name={create.data.key.name} onClose={onClose} />
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const name = String(data.get('name') ?? '').trim()
    const scopes = KEY_SCOPES.filter((scope) => data.getAll('scopes').includes(scope))
    const days = Number(data.get('expires'))
    const wrong = {
      ...(name === '' && { name: 'Say who or what will use it.' }),
      ...(scopes.length === 0 && { scopes: 'Choose at least one scope.' }),
    }
    setMissing(wrong)
    if (Object.keys(wrong).length > 0) return
    create.mutate({ name, scopes, expires_in_days: days > 0 ? days : null })
  }
  const scopesError = missing.scopes ?? issueOf(create.error, 'scopes')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New API key"
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" form={formId} disabled={create.isPending}>
            {create.isPending ? 'Making' : 'Make key'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="Name"
          name="name"
          placeholder="fra-2 collector"
          maxLength={200}
          autoComplete="off"
          help="Shown in the list and in the audit trail"
          error={missing.name ?? issueOf(create.error, 'name')}
        />
        <fieldset aria-describedby={scopesError ? `${scopeId}-error` : undefined}>
          <legend className="mb-1 text-meta font-medium">Scopes</legend>
          <ul className="border-t border-hairline">
            {KEY_SCOPES.map((scope) => (
              <li key={scope} className="border-b border-hairline">
                <label className="flex cursor-pointer items-start gap-2.5 py-2">
                  <input
                    type="checkbox"
                    name="scopes"
                    value={scope}
                    defaultChecked={scope === 'ingest'}
                    aria-describedby={`${scopeId}-${scope}`}
                    className="mt-0.5 size-4 flex-none accent-accent"
                  />
                  <span>
                    <b className="font-medium">{scope}</b>
                    <span id={`${scopeId}-${scope}`} className="block text-meta text-muted">
                      {SCOPE_SAYS[scope]}
                    </span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          {scopesError && (
            <p id={`${scopeId}-error`} className="mt-1 text-meta text-breach">
              {scopesError}
            </p>
          )}
        </fieldset>
        <Select label="Expiry" name="expires" options={EXPIRY} defaultValue="" />
        {create.error && <FormRefusal error={create.error} shownFields={['name', 'scopes']} />}
      </form>
    </Dialog>
  )
}
