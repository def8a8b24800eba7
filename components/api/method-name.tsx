import { cx } from '../ui/cx'

/** GET reads; the others change something, and stand darker. */
export function MethodName({ method, className }: { method: string; className?: string }) {
  return (
    <span
      className={cx(
        'inline-block w-13 flex-none font-mono text-micro tracking-[0.02em]',
        method === 'get' ? 'text-muted' : 'font-semibold text-ink',
        className,
      )}
    >
      {method.toUpperCase()}
    </span>
  )
}

/** An address may break after each of its parts, and nowhere else. */
export function PathText({ path, className }: { path: string; className?: string }) {
  const parts = path.split('/').slice(1)
  return (
    <span className={cx('font-mono [overflow-wrap:anywhere]', className)}>
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one address never move
        <span key={at}>
          {'/'}
          <wbr />
          {part}
        </span>
      ))}
    </span>
  )
}
