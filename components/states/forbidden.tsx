import type { ReactNode } from 'react'
import { Icon } from '../ui/icon'

export interface ForbiddenProps {
  /** `analyst` */
  needs: string
  /** Who can grant it: `An admin of Meridian Labs can grant it.` */
  grant?: ReactNode
}

export function Forbidden({ needs, grant = 'An administrator of this organisation can grant it.' }: ForbiddenProps) {
  return (
    <div className="py-3">
      <p className="mb-2 flex items-start gap-1.5">
        <Icon name="lock" className="mt-0.5" />
        {`Needs the ${needs} role.`}
      </p>
      <p className="text-meta text-muted">{grant}</p>
    </div>
  )
}
