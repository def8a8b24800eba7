import { pushgatewayRoute } from '@/lib/http/pushgateway-route'
import { receivePush } from '@/lib/ingest/receive-metrics'

const push = pushgatewayRoute(receivePush)

export { push as DELETE, push as POST, push as PUT }
