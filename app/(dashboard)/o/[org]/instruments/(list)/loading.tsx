import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      panels={[
        { span: 12, shape: 'table', rows: 4 },
        { span: 7, shape: 'chart' },
        { span: 5, shape: 'chart' },
      ]}
    />
  )
}
