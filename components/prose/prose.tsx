import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { UnitText } from '../figures/unit-text'
import { cx } from '../ui/cx'
import type { Align, Block } from './markdown-blocks'
import { type Inline, wordsOf } from './markdown-inline'

export interface ProseProps {
  blocks: readonly Block[]
  /** Where a link within the documents leads; null leaves the words without one. */
  hrefOf: (target: string) => string | null
  /** A page that is named in *emphasis* becomes a link to it. */
  pageNamed?: (words: string) => string | null
}

type Links = Pick<ProseProps, 'hrefOf' | 'pageNamed'>

/** Only what a document may lead to: pages of ours, anchors, and the web. */
const isWeb = (href: string): boolean => /^https?:\/\//.test(href)

function Runs({ runs, links }: { runs: readonly Inline[]; links: Links }): ReactNode {
  return runs.map((run, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a document does not reorder
    return <Fragment key={at}>{oneRun(run, links)}</Fragment>
  })
}

const oneRun = (run: Inline, links: Links): ReactNode => {
  switch (run.kind) {
    case 'text':
      return run.text.includes('CO2') ? <UnitText text={run.text} /> : run.text
    case 'code':
      return (
        <code className="rounded-[2px] bg-sunken px-[3px] font-mono text-[0.92em] [overflow-wrap:anywhere]">
          {run.text}
        </code>
      )
    case 'strong':
      return (
        <strong className="font-semibold">
          <Runs runs={run.children} links={links} />
        </strong>
      )
    case 'emphasis': {
      const href = links.pageNamed?.(wordsOf(run.children)) ?? null
      const inner = <Runs runs={run.children} links={links} />
      return href === null ? <em>{inner}</em> : <Link href={href}>{inner}</Link>
    }
    case 'link': {
      const inner = <Runs runs={run.children} links={links} />
      if (isWeb(run.href))
        return (
          <a href={run.href} target="_blank" rel="noreferrer noopener">
            {inner}
          </a>
        )
      const href = links.hrefOf(run.href)
      return href === null ? inner : <Link href={href}>{inner}</Link>
    }
  }
}

const ALIGN: Record<NonNullable<Align>, string> = { left: 'text-left', right: 'text-right', center: 'text-center' }

function Anchor({ id, of }: { id: string; of: string }) {
  return (
    <a
      href={`#${id}`}
      aria-label={`Address of: ${of}`}
      className="ml-2 text-muted no-underline opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
    >
      #
    </a>
  )
}

const HEADINGS: Record<number, string> = {
  2: 'mt-8 mb-2 border-t border-rule pt-3 text-[17px] font-semibold',
  3: 'mt-6 mb-1.5 font-semibold',
}

function OneBlock({ block, links }: { block: Block; links: Links }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const Tag = `h${Math.min(Math.max(block.level, 2), 4)}` as 'h2' | 'h3' | 'h4'
      return (
        <Tag id={block.anchor} className={cx('group max-w-[78ch] scroll-mt-16', HEADINGS[block.level] ?? HEADINGS[3])}>
          <Runs runs={block.children} links={links} />
          <Anchor id={block.anchor} of={wordsOf(block.children)} />
        </Tag>
      )
    }
    case 'paragraph':
      return (
        <p
          id={block.anchor ?? undefined}
          className={cx(
            'group my-3 max-w-[78ch] scroll-mt-16 leading-relaxed',
            block.anchor !== null &&
              'border-l-2 border-accent pl-4 [&>code]:bg-transparent [&>code]:px-0 [&>code]:text-[1.05em]',
          )}
        >
          <Runs runs={block.children} links={links} />
          {block.anchor !== null && <Anchor id={block.anchor} of="this formula" />}
        </p>
      )
    case 'list': {
      const items = block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document does not reorder
        <li key={at} className="my-1 pl-1 [&>p]:my-1">
          <Blocks blocks={item} links={links} />
        </li>
      ))
      return block.ordered ? (
        <ol start={block.start} className="my-3 max-w-[78ch] list-decimal pl-6 leading-relaxed marker:text-muted">
          {items}
        </ol>
      ) : (
        <ul className="my-3 max-w-[78ch] list-disc pl-5 leading-relaxed marker:text-muted">{items}</ul>
      )
    }
    case 'table':
      return <ProseTable block={block} links={links} />
    case 'code':
      return (
        <pre className="my-3 max-w-full overflow-x-auto bg-sunken p-3 font-mono text-meta">
          <code>{block.text}</code>
        </pre>
      )
    case 'quote':
      return (
        <blockquote className="my-3 max-w-[78ch] border-l-2 border-tick pl-4 text-ink-2">
          <Blocks blocks={block.blocks} links={links} />
        </blockquote>
      )
    case 'rule':
      return <hr className="my-6 border-hairline" />
  }
}

function ProseTable({ block, links }: { block: Extract<Block, { kind: 'table' }>; links: Links }) {
  const side = (column: number) => {
    const align = block.align[column]
    return align ? ALIGN[align] : 'text-left'
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and a tab stop, not a section heading
    <div
      role="region"
      aria-label={`Table: ${block.head.map(wordsOf).filter(Boolean).join(', ')}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it (WCAG 2.1.1)
      tabIndex={0}
      className="my-4 overflow-x-auto"
    >
      <table className="border-collapse text-table">
        <thead>
          <tr>
            {block.head.map((cell, column) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: columns do not reorder
                key={column}
                scope="col"
                className={cx(
                  'border-b border-tick pt-1 pr-5 pb-[5px] align-bottom text-meta font-normal text-muted last:pr-0',
                  side(column),
                )}
              >
                <Runs runs={cell} links={links} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a document do not reorder
            <tr key={at}>
              {row.map((cell, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not reorder
                  key={column}
                  className={cx('max-w-[52ch] border-b border-hairline py-1.5 pr-5 align-top last:pr-0', side(column))}
                >
                  <Runs runs={cell} links={links} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Blocks({ blocks, links }: { blocks: readonly Block[]; links: Links }): ReactNode {
  return blocks.map((block, at) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: a document does not reorder
    return <OneBlock key={at} block={block} links={links} />
  })
}

/** A document as elements: nothing of it is ever taken for HTML. */
export function Prose({ blocks, ...links }: ProseProps) {
  return (
    <div className="min-w-0">
      <Blocks blocks={blocks} links={links} />
    </div>
  )
}
