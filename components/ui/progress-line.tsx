/** Two pixels of accent at the top edge of a panel while newer data is on its way; the old data stays. */
export function ProgressLine({ label = 'Loading newer data' }: { label?: string }) {
  return (
    <div role="status" className="absolute inset-x-0 -top-px h-[2px] overflow-hidden">
      <div className="h-full w-[44%] bg-accent" />
      <span className="sr-only">{label}</span>
    </div>
  )
}
