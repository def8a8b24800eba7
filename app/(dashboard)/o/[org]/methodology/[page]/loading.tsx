import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return <PageSkeleton filters={false} figures={false} panels={[{ span: 12, shape: 'table', rows: 12 }]} />
}
