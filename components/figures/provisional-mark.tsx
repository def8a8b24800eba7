import { Icon } from '../ui/icon'

/** The hour or period is still open: readings or grid data may yet change it. */
export function ProvisionalMark({ why = 'Provisional: later readings may change it' }: { why?: string }) {
  return (
    <span title={why} className="inline-flex items-center gap-1 text-meta whitespace-nowrap text-warn">
      <Icon name="clock" size={13} />
      provisional
    </span>
  )
}
