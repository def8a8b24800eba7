import { scopeLineOf } from '@/lib/accounting/scope'
import { DEPLOYMENTS, type DeploymentName } from '@/lib/contracts/common'

/** Deployments by the row that their electricity stands in (METHOD §7). */
const of = (rowCode: string): DeploymentName[] =>
  DEPLOYMENTS.filter((deployment) => scopeLineOf(deployment).rowCode === rowCode)

export const SCOPE_2: DeploymentName[] = of('s2')
export const CLOUD: DeploymentName[] = of('s3-1-cloud')
export const LEASED: DeploymentName[] = of('s3-8')
export const SOLD: DeploymentName[] = of('s3-11')
