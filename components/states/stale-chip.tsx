import { Status } from '../ui/status'

/** `ENTSO-E, 3 h 10 min old` */
export function StaleChip({ source, age }: { source: string; age: string }) {
  return (
    <Status tone="stale">
      {source}, {age} old
    </Status>
  )
}
