import type { ExplainTarget } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import { methodPage } from '../method-pages'
import { explainActivities } from './activities'
import { explainActivity } from './activity'
import type { ExplainPage } from './answer'
import { explainAsset } from './asset'
import { explainFactor } from './factor'
import { explainFigure } from './figure'
import { explainHardware } from './hardware'
import { explainInstrument } from './instrument'
import { explainInstruments } from './instruments'
import { explainLine } from './line'
import { explainModel } from './model'
import { explainService } from './service'
import { explainSite } from './site'
import { explainStatement } from './statement'
import { explainZone } from './zone'

/** What every address that names nothing here is told, whoever's it may be. */
const notFound = () => new AppError('not_found', 'No figure has that address, or it is not yours to see.')

const answerOf = (
  tx: OrgTx,
  orgId: string,
  target: ExplainTarget,
  page: ExplainPage,
): Promise<ExplainAnswer | null> => {
  switch (target.kind) {
    case 'figure':
      return explainFigure(tx, target, page)
    case 'line':
      return explainLine(tx, orgId, target, page)
    case 'statement':
      return explainStatement(tx, target)
    case 'site':
      return explainSite(tx, orgId, target, page)
    case 'hardware':
      return explainHardware(tx, orgId, target, Date.now())
    case 'zone':
      return explainZone(tx, orgId, target, Date.now())
    case 'activity':
      return explainActivity(tx, target)
    case 'asset':
      return explainAsset(tx, orgId, target, Date.now())
    case 'instrument':
      return explainInstrument(tx, orgId, target)
    case 'instruments':
      return explainInstruments(orgId, target)
    case 'activities':
      return explainActivities(orgId, target)
    case 'model':
      return explainModel(tx, target)
    case 'service':
      return explainService(tx, target)
    case 'factor':
      return explainFactor(tx, target)
  }
}

/** A figure explained. @throws AppError not_found for what is no address, and for what the organisation does not have */
export const explain = async (
  actor: { orgId: string },
  target: ExplainTarget | null,
  page: ExplainPage = {},
): Promise<ExplainAnswer> => {
  if (target === null) throw notFound()
  const answer = await withOrg(actor, (tx) => answerOf(tx, actor.orgId, target, page))
  if (answer === null) throw notFound()
  const { page: method } = answer.formula
  // A page of the method that is not written (yet) is not linked to.
  const isWritten = method !== null && (await methodPage(method)) !== null
  return isWritten ? answer : { ...answer, formula: { ...answer.formula, page: null } }
}
