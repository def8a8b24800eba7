import { cx } from './cx'

// Drawn for this sheet: 16 px grid, 1.25 px square strokes, so that icons sit beside hairlines as equals.
const PATHS = {
  down: 'M4.5 6.5 8 10l3.5-3.5',
  right: 'M6.5 4.5 10 8l-3.5 3.5',
  left: 'M9.5 4.5 6 8l3.5 3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3.2l2.2 1.3',
  download: 'M8 2.5v8M4.8 7.6 8 10.8l3.2-3.2M2.5 13.5h11',
  check: 'M3.5 8.5 6.6 11.6 12.5 4.8',
  warn: 'M8 2.8 14 13.2H2zM8 6.6v3.2M8 11.3v.6',
  breach: 'M5.4 2.5h5.2l2.9 2.9v5.2l-2.9 2.9H5.4l-2.9-2.9V5.4zM8 5v3.6M8 10.4v.7',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3 13.8 13.8',
  out: 'M6.5 3.5h-4v9h4M6 8h7.5M10.8 5.2 13.5 8l-2.7 2.8',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M12.9 9.8A5.4 5.4 0 0 1 6.2 3.1a5.4 5.4 0 1 0 6.7 6.7z',
  screen: 'M2 3h12v8H2zM5.5 13.5h5M8 11v2.5',
  note: 'M2.5 3h11v8H8l-3 2.5V11H2.5z',
  ring: 'M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.25}
      strokeLinecap="square"
      className={cx('block flex-none', className)}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
