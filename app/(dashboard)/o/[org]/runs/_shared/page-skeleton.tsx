import { Main } from '@/components/shell/main'
import { PanelGrid, panelClass, type Span } from '@/components/ui/panel'
import { Skeleton } from '@/components/ui/skeleton'

type Shape = 'chart' | 'table'

/** The page's geometry while it is read: bars, head, key figures, then its panels. */
export function PageSkeleton({
  filters = true,
  figures = true,
  panels,
}: {
  filters?: boolean
  figures?: boolean
  panels: readonly { span: Span; shape: Shape; rows?: number }[]
}) {
  return (
    <>
      <div className="h-12 flex-none border-b border-hairline" />
      {filters && <div className="min-h-10 flex-none border-b border-hairline" />}
      <Main>
        <div className="mb-4 h-[50px]" />
        {figures && (
          <div className="mb-7 grid grid-cols-2 gap-x-8 border-t border-rule lg:grid-cols-12">
            <div className="col-span-2 h-24 lg:col-span-4">
              <Skeleton shape="figure" />
            </div>
            {['a', 'b', 'c', 'd'].map((cell) => (
              <div key={cell} className="h-24 lg:col-span-2">
                <Skeleton shape="figure" />
              </div>
            ))}
          </div>
        )}
        <PanelGrid>
          {panels.map((panel, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the panels of one skeleton never reorder
            <div key={at} className={panelClass(panel.span)}>
              <Skeleton shape={panel.shape} rows={panel.rows} />
            </div>
          ))}
        </PanelGrid>
      </Main>
    </>
  )
}
