import Link from 'next/link'
import { cx } from '../ui/cx'
import type { ApiSection } from './api-view'
import { MethodName, PathText } from './method-name'

/** Operations of one group: what it does first, then how it is called. */
export function SectionList({ org, section }: { org: string; section: ApiSection }) {
  return (
    <ul>
      {section.entries.map(({ id, method, path, summary, scope }) => (
        <li key={id} className="break-inside-avoid border-b border-hairline py-2 last:border-b-0">
          <Link href={`/o/${org}/api/${id}`} className="-my-1 flex items-baseline gap-2 py-1 text-meta">
            <MethodName method={method} />
            <PathText path={path} />
          </Link>
          <p className="mt-0.5 pl-15 text-meta text-muted">
            {summary} {scope === null ? '' : <span className="whitespace-nowrap">Scope {scope}.</span>}
          </p>
        </li>
      ))}
    </ul>
  )
}

/** The whole list beside one operation; the one that is open is marked. */
export function SectionNav({ org, sections, current }: { org: string; sections: ApiSection[]; current: string }) {
  const open = sections.find(({ entries }) => entries.some(({ id }) => id === current))?.name
  return (
    <nav aria-label="Operations">
      {sections.map(({ name, entries }) => (
        <details key={name} open={name === open} className="border-b border-hairline py-1 last:border-b-0">
          <summary className="cursor-pointer py-1 text-table font-medium marker:text-muted">
            {name} <span className="text-micro font-normal text-muted">{entries.length}</span>
          </summary>
          <ul className="pb-1.5">
            {entries.map(({ id, method, path }) => (
              <li key={id}>
                <Link
                  href={`/o/${org}/api/${id}`}
                  aria-current={id === current ? 'page' : undefined}
                  className={cx(
                    'flex items-baseline gap-1.5 py-[5px] text-micro no-underline hover:text-ink hover:underline',
                    id === current ? 'font-semibold text-ink' : 'text-ink-2',
                  )}
                >
                  <MethodName method={method} className="w-11" />
                  <PathText path={path.replace(/^\/api(\/v1|\/codecarbon)?(?=\/)/, '')} />
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  )
}
