/**
 * Why a figure has no explanation of its own: it counts things, is the length of a time, was entered or declared by somebody, was read from
 * a meter, is what a source publishes (its page is its record), is told whole where it stands, stands in the explanation of a figure beside it
 * (an input, a side, a width, a grade), is a part of an explained figure by another cut, which sums to it, or is a control in a figure's place.
 */
export type Plain = 'count' | 'time' | 'entered' | 'read' | 'published' | 'told-here' | 'beside' | 'part' | 'control'

/** What makes an element open the explanation of its figure (components/explain/explain-desk listens for it). */
export interface Explainable {
  /** Address of the explanation (lib/contracts/explain). */
  explain?: string
  /** The exact ledger integer behind the figure, where there is one: mg, µWh or µL. */
  exact?: string | bigint | null
  /** Why there is no address. A figure with neither fails the walk of e2e/explain.spec.ts. */
  plain?: Plain
}

/** Marks an element that shows a quantity: the walk asks of each for an address, or for the reason why there is none. */
export const figureData = (shows: boolean, plain: Plain | undefined) =>
  shows ? { 'data-figure': '', 'data-plain': plain } : {}

/** Attributes of an element that shows an explained figure; nothing without an address. */
export const explainData = ({ explain, exact }: Explainable, shown?: { text: string | null; unit?: string }) =>
  explain === undefined
    ? {}
    : {
        'data-explain': explain,
        'data-exact': exact === null || exact === undefined ? undefined : String(exact),
        'data-shown': shown?.text ?? undefined,
        'data-unit': shown?.unit,
      }

/** Opens on this page when followed without a script, or in a new tab. */
export const explainHref = (address: string): string => `?explain=${encodeURIComponent(address)}`
