'use client'
import { type FormEvent, useId, useState } from 'react'
import { CodeBlock } from '../forms/code-block'
import { Button } from '../ui/button'
import { Field, FieldFrame, inputClass } from '../ui/field'
import { Segmented } from '../ui/segmented'
import { Select } from '../ui/select'
import { Tabs } from '../ui/tabs'
import type { BodyForm } from './api-view'
import { CallAnswerView } from './call-answer'
import { curlOf, pythonOf, type SampleRequest, typescriptOf } from './samples'
import { useCall } from './use-call'

export interface DeskParameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  /** Words of a closed set. */
  options: string[] | null
  help: string
  example: string
}

export interface OperationDeskProps {
  org: string
  origin: string
  method: string
  path: string
  needsKey: boolean
  parameters: DeskParameter[]
  bodies: BodyForm[]
  /** Media type of the answer; empty for none. */
  answers: string
}

/** Kept while the page is open, so that it need not be pasted for each operation; never stored. */
let lastKey = ''

const filled = (path: string, values: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] ? values[name].split('/').map(encodeURIComponent).join('/') : whole,
  )

const queryOf = (parameters: DeskParameter[], values: Record<string, string>): string => {
  const query = new URLSearchParams()
  for (const { in: where, name } of parameters) if (where === 'query' && values[name]) query.set(name, values[name])
  // A colon and a comma may stand in a query as they are, and are read more easily.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** The request as it stands: its fields, the same in three languages, and the answer of this server to it. */
export function OperationDesk({
  org,
  origin,
  method,
  path,
  needsKey,
  parameters,
  bodies,
  answers,
}: OperationDeskProps) {
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(parameters.filter(({ required }) => required).map(({ name, example }) => [name, example])),
  )
  const [form, setForm] = useState(0)
  const [texts, setTexts] = useState(() => bodies.map(({ text }) => text))
  const reads = method === 'get'
  const [as, setAs] = useState<'session' | 'key'>(reads ? 'session' : 'key')
  const [key, setKey] = useState(lastKey)
  const [missing, setMissing] = useState<string>()
  const bodyId = useId()
  const call = useCall()
  const chosen = bodies[form] ?? null
  const body = chosen && { ...chosen, text: texts[form] ?? chosen.text }
  const own = parameters.filter(({ name }) => name !== 'org')
  const address = `${filled(path, values)}${queryOf(own, values)}`
  const sample: SampleRequest = { method: method.toUpperCase(), url: origin + address, needsKey, body, answers }
  const canSend = body === null || body.isText
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const unsaid = own.find(({ name, in: where, required }) => (required || where === 'path') && !values[name])
    const fault = unsaid
      ? `Say ${unsaid.name}.`
      : needsKey && as === 'key' && key.trim() === ''
        ? 'Paste an API key.'
        : undefined
    setMissing(fault)
    if (fault) return
    lastKey = key
    const asPerson = as === 'session'
    const signed =
      asPerson && needsKey ? `${address}${address.includes('?') ? '&' : '?'}org=${encodeURIComponent(org)}` : address
    call.mutate({
      method: method.toUpperCase(),
      address: signed,
      key: needsKey && !asPerson ? key.trim() : null,
      body: body && { type: body.type, text: body.text },
    })
  }
  const code = (value: string, label: string, text: string) => ({
    value,
    label,
    content: <CodeBlock label={`${label} sample`} code={text} />,
  })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Tabs
        label="Language"
        tabs={[
          code('curl', 'curl', curlOf(sample)),
          code('python', 'Python', pythonOf(sample)),
          code('typescript', 'TypeScript', typescriptOf(sample)),
        ]}
      />
      <form onSubmit={submit} noValidate className="grid grid-cols-[minmax(0,1fr)] gap-4" aria-label="Try it">
        {own.length > 0 && (
          <div className="grid gap-x-6 gap-y-3 @[560px]:grid-cols-2">
            {own.map((parameter) => (
              <ParameterField
                key={parameter.name}
                parameter={parameter}
                value={values[parameter.name] ?? ''}
                onChange={(value) => setValues((known) => ({ ...known, [parameter.name]: value }))}
              />
            ))}
          </div>
        )}
        {bodies.length > 1 && (
          <Segmented
            label="Form of the body"
            value={String(form)}
            options={bodies.map(({ type }, at) => ({
              value: String(at),
              label: type.replace(/^application\/(x-)?/, ''),
            }))}
            onChange={(value) => setForm(Number(value))}
            className="justify-self-start"
          />
        )}
        {body?.isText && (
          <FieldFrame id={bodyId} label={`Body, ${body.type}`}>
            <textarea
              id={bodyId}
              value={body.text}
              spellCheck={false}
              rows={Math.min(18, Math.max(4, body.text.split('\n').length + 1))}
              onChange={(event) =>
                setTexts((known) => known.map((one, at) => (at === form ? event.target.value : one)))
              }
              className={inputClass(false, 'h-auto py-2 font-mono text-meta whitespace-pre')}
            />
          </FieldFrame>
        )}
        {canSend ? (
          <>
            {needsKey && (
              <div className="grid items-end gap-3 @[560px]:grid-cols-[auto_minmax(0,1fr)]">
                {reads && (
                  <Segmented
                    label="Call as"
                    value={as}
                    options={[
                      { value: 'session', label: 'As you' },
                      { value: 'key', label: 'With a key' },
                    ]}
                    onChange={setAs}
                    className="justify-self-start"
                  />
                )}
                {as === 'key' && (
                  <Field
                    label="API key"
                    help={
                      reads
                        ? undefined
                        : 'What this changes is real. The key is kept until you leave this page, and stored nowhere'
                    }
                    type="password"
                    value={key}
                    placeholder="wl_…"
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => setKey(event.target.value)}
                    className="@[560px]:col-span-full"
                  />
                )}
              </div>
            )}
            <div className="flex flex-wrap items-center gap-3">
              <Button type="submit" disabled={call.isPending}>
                {call.isPending ? 'Calling' : 'Call it'}
              </Button>
              <span role="status" className="text-meta text-breach">
                {missing ?? call.error?.message ?? ''}
              </span>
            </div>
          </>
        ) : (
          <p className="text-meta text-muted">
            Its body is bytes of a protocol: it is called by what speaks that protocol.
          </p>
        )}
      </form>
      {call.data && <CallAnswerView answer={call.data} />}
    </div>
  )
}

function ParameterField({
  parameter: { name, in: where, required, options, help },
  value,
  onChange,
}: {
  parameter: DeskParameter
  value: string
  onChange: (value: string) => void
}) {
  const label = (
    <>
      <code className="font-mono">{name}</code>{' '}
      <span className="font-normal text-muted">{required ? `${where}, needed` : where}</span>
    </>
  )
  if (options) {
    return (
      <Select
        label={label}
        help={help || undefined}
        value={value}
        options={[
          ...(required ? [] : [{ value: '', label: 'left out' }]),
          ...options.map((one) => ({ value: one, label: one })),
        ]}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <Field
      label={label}
      help={help || undefined}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
