import { IntensityUpload } from '@/components/forms/intensity-upload'
import { Forbidden } from '@/components/states/forbidden'
import { Panel } from '@/components/ui/panel'
import { type Actor, isAllowed } from '@/lib/auth/actor'

export interface UploadPanelProps {
  org: { slug: string; name: string }
  actor: Extract<Actor, { kind: 'user' }>
  zone?: string
}

/** Bring hours of one's own; who may not is told who may. */
export function UploadPanel({ org, actor, zone }: UploadPanelProps) {
  return (
    <Panel
      span={4}
      title="Import hours"
      meta={zone ? `Of ${zone}; a new revision, earlier ones are kept` : 'A new revision; earlier ones are kept'}
    >
      {isAllowed(actor, 'grid:import') ? (
        <IntensityUpload org={org.slug} zone={zone} />
      ) : (
        <Forbidden
          needs="owner, admin or analyst"
          grant={`You read here as ${actor.role}. An owner or admin of ${org.name} can give you the role.`}
        />
      )}
    </Panel>
  )
}
