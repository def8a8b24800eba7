'use client'
import type { ConnectorView } from '@/lib/contracts/connectors'
import { useSaveConnector } from '../hooks/use-connectors'
import { Button } from '../ui/button'
import { useNotify } from '../ui/toast'

/** Stops a connector for a while, and lets it go on; key and settings stay. */
export function PauseConnector({ org, connector }: { org: string; connector: ConnectorView }) {
  const save = useSaveConnector(org, connector.connector_id)
  const notify = useNotify()
  const { kind, name, settings, is_active: isActive } = connector
  const change = () =>
    save.mutate(
      { kind, name, settings, is_active: !isActive },
      { onError: (error) => notify({ kind: 'error', text: error.message }) },
    )
  return (
    <Button size={26} disabled={save.isPending} onClick={change}>
      {isActive ? 'Pause' : 'Resume'}
    </Button>
  )
}
