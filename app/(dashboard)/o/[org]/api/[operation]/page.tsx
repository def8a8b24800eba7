import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { type BodyForm, isTyped, operationNamed, sectionsOf } from '@/components/api/api-view'
import { type DeskParameter, OperationDesk } from '@/components/api/operation-desk'
import { exampleOf } from '@/components/api/schema-rows'
import { SchemaTable } from '@/components/api/schema-table'
import { SectionNav } from '@/components/api/section-list'
import { Main } from '@/components/shell/main'
import { PageHeader } from '@/components/shell/page-header'
import { Panel, PanelGrid } from '@/components/ui/panel'
import { pageAccess } from '@/lib/auth/page'
import type { ApiOperation, ApiParameter } from '@/lib/contracts/openapi'
import { withOrg } from '@/lib/db/with-org'
import { freshness } from '@/lib/rollups/freshness'
import { PageTop } from '../../runs/_shared/page-top'
import { originOfRequest } from '../../sources/origin'
import { apiDocument } from '../document'

interface PageProps {
  params: Promise<{ org: string; operation: string }>
}

const titleOf = ({ method, path }: { method: string; path: string }) => `${method.toUpperCase()} ${path}`

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const found = operationNamed(apiDocument(), (await params).operation)
  return { title: found ? titleOf(found.entry) : 'API' }
}

const bodiesOf = ({ requestBody }: ApiOperation): BodyForm[] =>
  Object.entries(requestBody?.content ?? {}).map(([type, { schema, example }]) => {
    const isJson = /json$/.test(type) && schema?.type !== 'string'
    const text =
      typeof example === 'string'
        ? example
        : isJson
          ? JSON.stringify(example ?? (schema ? exampleOf(schema) : {}), null, 2)
          : ''
    return { type, text, isText: isTyped(type) }
  })

const FORMATS: Record<string, string> = { 'date-time': 'ISO 8601 with an offset', date: 'A day', uuid: 'A UUID' }

const helpOf = ({ schema }: ApiParameter): string =>
  typeof schema.description === 'string'
    ? schema.description
    : typeof schema.format === 'string'
      ? (FORMATS[schema.format] ?? '')
      : ''

/** A path has no example but its own name: it is asked for, not guessed. */
const parametersOf = ({ parameters }: ApiOperation, org: string): DeskParameter[] =>
  parameters.flatMap((parameter) => {
    const { name, in: where, required, schema } = parameter
    if (where === 'header') return []
    const options = Array.isArray(schema.enum) ? schema.enum.map(String) : null
    const example = where === 'path' ? '' : name === 'org' ? org : String(exampleOf(schema, schema, name))
    return [{ name, in: where, required, options, help: helpOf(parameter), example }]
  })

export default async function OperationPage({ params }: PageProps) {
  const { org, operation: id } = await params
  const { actor, organization } = await pageAccess(org)
  const document = apiDocument()
  const found = operationNamed(document, id)
  if (!found) notFound()
  const { entry, operation } = found
  const fresh = await withOrg(actor, freshness)
  const origin = await originOfRequest()
  const bodies = bodiesOf(operation)
  const body = operation.requestBody?.content['application/json']?.schema
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default')
  const media = Object.keys(answers[0]?.[1].content ?? {})[0] ?? ''
  return (
    <>
      <PageTop
        org={organization}
        freshness={fresh}
        crumbs={[{ label: 'API', href: `/o/${org}/api` }, { label: titleOf(entry) }]}
      />
      <Main>
        <PageHeader
          title={<span className="font-mono text-[0.86em] [overflow-wrap:anywhere]">{titleOf(entry)}</span>}
          subtitle={`${entry.summary}${entry.scope === null ? '' : ` A key needs the scope ${entry.scope}.`}`}
        />
        <PanelGrid>
          <div className="grid min-w-0 gap-y-7 @4xl:order-2 @4xl:col-span-9">
            <Panel title="Call it" meta="The samples follow the fields below them">
              <OperationDesk
                key={id}
                org={org}
                origin={origin}
                method={entry.method}
                path={entry.path}
                needsKey={entry.scope !== null}
                parameters={parametersOf(operation, org)}
                bodies={bodies}
                answers={media}
              />
            </Panel>
            {body && (
              <Panel
                title="Body"
                meta={`application/json${bodies.length > 1 ? `; also ${otherForms(operation)}` : ''}`}
              >
                <SchemaTable schema={body} caption="Fields of the body" />
              </Panel>
            )}
            {!body && bodies.length > 0 && (
              <Panel title="Body" meta={otherForms(operation)}>
                <p className="text-table text-ink-2">
                  {bodies.some(({ type }) => type === 'text/csv')
                    ? 'A CSV with a header, in UTF-8; the answer names each line that is not as it should be.'
                    : 'As the protocol has it.'}
                </p>
              </Panel>
            )}
            {answers.map(([status, { description, content = {} }]) => (
              <Panel
                key={status}
                title={`Answer ${status}`}
                meta={`${description} ${Object.keys(content)[0] ?? ''}`.trim()}
              >
                {content['application/json']?.schema ? (
                  <SchemaTable schema={content['application/json'].schema} caption="Fields of the answer" isAnswer />
                ) : (
                  <p className="text-table text-ink-2">
                    {Object.keys(content).length === 0 ? 'Nothing but its status.' : 'As its media type has it.'}
                  </p>
                )}
              </Panel>
            ))}
          </div>
          <Panel span={3} className="@4xl:order-1" title="Operations">
            <SectionNav org={org} sections={sectionsOf(document)} current={id} />
          </Panel>
        </PanelGrid>
      </Main>
    </>
  )
}

const otherForms = ({ requestBody }: ApiOperation): string =>
  Object.entries(requestBody?.content ?? {})
    .filter(([type, { schema }]) => type !== 'application/json' || schema?.type === 'string')
    .map(([type, { schema }]) => (typeof schema?.description === 'string' ? `${type}: ${schema.description}` : type))
    .join('; ')
