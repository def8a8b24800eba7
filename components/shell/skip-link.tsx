export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only z-80 rounded-control bg-surface px-3 py-2 shadow-overlay focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      Skip to content
    </a>
  )
}
