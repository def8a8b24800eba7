export function Logo({ size_px = 18 }: { size_px?: number }) {
  return (
    <svg
      width={size_px}
      height={size_px}
      viewBox="0 0 18 18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      className="block flex-none"
    >
      <path d="M1.5 16.5h15M3 16.5V9M6 16.5v-4M9 16.5V3M12 16.5v-4M15 16.5V9" />
    </svg>
  )
}
