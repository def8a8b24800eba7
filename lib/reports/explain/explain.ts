import type { ExplainTarget } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import { type OrgTx, withOrg } from '@/lib/db/with-org'
import { AppError } from '@/lib/errors'
import type { ExplainPage } from './answer'
import { explainFactor } from './factor'
import { explainFigure } from './figure'
import { explainLine } from './line'

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
    case 'factor':
      return explainFactor(tx, target)
    default:
      return Promise.resolve(null)
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
  return answer
}
