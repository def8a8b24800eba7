/** Patterns by reference; each chart takes its own id, since ids are global to the page. */
export function HatchDefs({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="5" stroke="var(--tick)" strokeWidth="1" />
      </pattern>
    </defs>
  )
}

/** A plain id for use in url(#…): React's own contain signs that break it. */
export const patternId = (reactId: string, name: string): string => `${name}-${reactId.replace(/[^a-zA-Z0-9]/g, '')}`
