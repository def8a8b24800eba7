const HERE = 'http://here.invalid'

/** Only a path of this origin; anything else leads home. `//evil.example`, `/\evil`, `javascript:` → `/`. */
export const safeCallback = (asked: string | null | undefined): string => {
  if (!asked?.startsWith('/')) return '/'
  try {
    const url = new URL(asked, HERE)
    if (url.origin !== HERE) return '/'
    const path = `${url.pathname}${url.search}${url.hash}`
    // `/.//evil.example` becomes `//evil.example` once resolved, and back to the form is a loop.
    return path.startsWith('//') || url.pathname === '/sign-in' ? '/' : path
  } catch {
    return '/'
  }
}
