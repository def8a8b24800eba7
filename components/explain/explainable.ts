/** What makes an element open the explanation of its figure (components/explain/explain-desk listens for it). */
export interface Explainable {
  /** Address of the explanation (lib/contracts/explain). */
  explain?: string
  /** The exact ledger integer behind the figure, where there is one: mg, µWh or µL. */
  exact?: string | bigint | null
}

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
