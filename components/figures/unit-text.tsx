import { Fragment } from 'react'

/** Sets CO2 with a true subscript: U+2082 is drawn too small and is missing from many faces. */
export function UnitText({ text }: { text: string }) {
  const parts = text.split(/CO2|CO₂/)
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one string never reorder
    <Fragment key={at}>
      {at > 0 && (
        <>
          CO<sub>2</sub>
        </>
      )}
      {part}
    </Fragment>
  ))
}
