import { PageSkeleton } from '../_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      filters={false}
      panels={[
        { span: 12, shape: 'chart' },
        { span: 5, shape: 'table', rows: 5 },
        { span: 7, shape: 'table', rows: 5 },
      ]}
    />
  )
}
