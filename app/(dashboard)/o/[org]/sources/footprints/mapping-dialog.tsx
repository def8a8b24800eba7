'use client'
import { type FormEvent, useId } from 'react'
import { issueOf } from '@/components/forms/call-api'
import { FormRefusal } from '@/components/forms/form-refusal'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { CloudAccount } from '@/lib/contracts/cloud-footprints'
import { useEditAccount } from './use-footprints'

/** Which sites' workloads run in an account; those of its provider's regions are put first. */
export function MappingDialog({
  org,
  account,
  sites,
  onClose,
}: {
  org: string
  account: CloudAccount
  sites: readonly { slug: string; name: string }[]
  onClose: () => void
}) {
  const edit = useEditAccount(org, account)
  const formId = useId()
  const likely = new Set([...account.sites, ...account.suggested].map((site) => site.slug))
  const ordered = [...sites].sort((a, b) => Number(likely.has(b.slug)) - Number(likely.has(a.slug)))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const name = String(data.get('name') ?? '').trim()
    edit.mutate({ name: name === '' ? null : name, sites: data.getAll('sites').map(String) }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Sites of ${account.account}`}
      description="The account's footprint is held against our estimate of these sites. A site in two accounts can only be held against both together."
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button tone="primary" type="submit" form={formId} disabled={edit.isPending}>
            {edit.isPending ? 'Saving' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="grid gap-4">
        <Field
          label="Name"
          name="name"
          defaultValue={account.name ?? ''}
          maxLength={200}
          autoComplete="off"
          help="What people call the account; may be empty"
          error={issueOf(edit.error, 'name')}
        />
        <fieldset>
          <legend className="mb-1 text-meta font-medium">Sites</legend>
          {ordered.length === 0 && <p className="text-meta text-muted">There is no site yet.</p>}
          <ul className="border-t border-hairline empty:hidden">
            {ordered.map((site) => (
              <li key={site.slug} className="border-b border-hairline">
                <label className="flex cursor-pointer items-start gap-2.5 py-1.5">
                  <input
                    type="checkbox"
                    name="sites"
                    value={site.slug}
                    defaultChecked={account.sites.some((one) => one.slug === site.slug)}
                    className="mt-0.5 size-4 flex-none accent-accent"
                  />
                  <span>
                    {site.name}
                    {account.suggested.some((one) => one.slug === site.slug) && (
                      <span className="ml-2 text-meta text-muted">its workloads name this provider's regions</span>
                    )}
                  </span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        {edit.error && <FormRefusal error={edit.error} shownFields={['name']} />}
      </form>
    </Dialog>
  )
}
