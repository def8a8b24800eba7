import { addressOfTarget, assetAddress, type ExplainTarget } from '@/lib/contracts/explain'
import type { ExplainAnswer } from '@/lib/contracts/explain-answer'
import type { OrgTx } from '@/lib/db/with-org'
import { formatCount } from '@/lib/units/format'
import { sumKnown } from '../ledger-lines'
import { figureOf, inWords } from './amounts'
import { BARE } from './answer'
import { amountOfBook, BOOK_WORDS, booksIn } from './books'
import { contextOf } from './sentence'

type Target = Extract<ExplainTarget, { kind: 'hardware' }>

/** The whole register in a window, asset by asset. */
export const explainHardware = async (
  tx: OrgTx,
  orgId: string,
  target: Target,
  now: number,
): Promise<ExplainAnswer> => {
  const window = { from: target.from, to: target.to }
  const { books } = await booksIn(tx, orgId, window, now)
  const known = books.flatMap((book) => {
    const amount = amountOfBook(book, target.measure)
    return amount === null ? [] : [{ asset: book.asset, amount }]
  })
  const exact = sumKnown(known.map(({ amount }) => amount))
  const { title, formula } = BOOK_WORDS[target.measure]
  return {
    ...BARE,
    address: addressOfTarget(target),
    title,
    context: contextOf(window, {}),
    sentence:
      exact === null
        ? 'No figure: no asset with a known embodied value was in service'
        : `${inWords(exact, 'mg')}, ${title.toLowerCase()}, of ${formatCount(known.length)} of ${formatCount(books.length)} assets`,
    figure: figureOf(exact, 'mg'),
    formula: {
      text: formula,
      clause: 'METHOD §4: amortised is a management figure, the inventory books the year of purchase',
      page: 'embodied',
      method_versions: [],
    },
    derivation: {
      kind: 'sum',
      of: 'asset',
      terms: known.map(({ asset, amount }) => ({
        label: asset.name,
        product: { by: 'given' },
        exact: amount.toString(),
        address: assetAddress(asset.asset_id, target.measure, window),
        count: null,
        note: null,
      })),
    },
  }
}
