import { PageSkeleton } from '../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      figures={false}
      panels={[
        { span: 12, shape: 'table', rows: 6 },
        { span: 12, shape: 'table', rows: 8 },
      ]}
    />
  )
}
