import { PageSkeleton } from '../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      filters={false}
      panels={[
        { span: 5, shape: 'table', rows: 8 },
        { span: 7, shape: 'table', rows: 6 },
      ]}
    />
  )
}
