/** `responsive`: rail from 768, full from 1280. `sheet`: always full, inside the menu of small screens. */
export type SidebarMode = 'responsive' | 'sheet'

export const MODE = {
  responsive: {
    /** Words that stay readable to machines on the rail. */
    full: 'min-w-0 sr-only xl:not-sr-only xl:flex-1',
    fullOnly: 'hidden xl:block',
    rail: 'xl:hidden',
    pad: 'px-4 max-xl:justify-center max-xl:px-0',
  },
  sheet: { full: 'min-w-0 flex-1', fullOnly: '', rail: 'hidden', pad: 'px-4' },
} as const
