import { endPushedGroup, pushgatewayRoute } from '@/lib/http/pushgateway-route'
import { receivePush } from '@/lib/ingest/receive-metrics'

const push = pushgatewayRoute(receivePush)

export { endPushedGroup as DELETE, push as POST, push as PUT }
