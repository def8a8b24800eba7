import { cx } from './cx'

const block = 'bg-hairline'

/** The panel's true geometry, still; it appears only after 100 ms so that quick answers never flash. */
export function Skeleton({ shape, rows = 6 }: { shape: 'figure' | 'chart' | 'table' | 'heatmap'; rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="animate-[appear_0.01s_linear_0.1s_both]">
      {shape === 'figure' && (
        <div className="space-y-3 pt-2.5">
          <div className={cx(block, 'h-2.5 w-24')} />
          <div className={cx(block, 'h-8 w-32')} />
        </div>
      )}
      {shape === 'table' && (
        <div className="border-t border-tick">
          {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row) => (
            <div key={row} className="flex h-9 items-center gap-8 border-b border-hairline">
              <div className={cx(block, 'h-2.5 w-2/5')} />
              <div className={cx(block, 'ml-auto h-2.5 w-16')} />
              <div className={cx(block, 'h-2.5 w-16')} />
            </div>
          ))}
        </div>
      )}
      {shape === 'chart' && (
        <div>
          <div className={cx(block, 'mb-2 h-2.5 w-1/2')} />
          <div className={cx(block, 'mb-3 h-2.5 w-1/3')} />
          <div className="flex h-56 items-end gap-2 border-b border-hairline">
            {['h-3/5', 'h-4/5', 'h-3/4', 'h-11/12', 'h-1/2', 'h-2/3', 'h-3/5', 'h-5/6'].map((height, column) => (
              <div key={`${height}-${String(column)}`} className={cx(block, 'flex-1', height)} />
            ))}
          </div>
        </div>
      )}
      {shape === 'heatmap' && <div className={cx(block, 'h-[400px]')} />}
    </div>
  )
}
