import { remoteWriteRoute } from '@/lib/http/remote-write-route'
import { receiveRemoteWrite } from '@/lib/ingest/receive-metrics'

export const POST = remoteWriteRoute(receiveRemoteWrite)
