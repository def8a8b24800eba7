/** Links of the documents → addresses of the pages; a file outside docs/method has no page and stays words. */
export const methodLinks = (org: string, slugs: readonly string[]) => {
  const at = (slug: string) => `/o/${org}/methodology/${slug}`
  return {
    hrefOf: (target: string): string | null => {
      if (target.startsWith('#')) return target
      const [, slug, anchor = ''] = /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(target) ?? []
      return slug && slugs.includes(slug) ? `${at(slug)}${anchor}` : null
    },
    pageNamed: (words: string): string | null => (slugs.includes(words) ? at(words) : null),
  }
}
