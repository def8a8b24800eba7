import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      panels={[
        { span: 8, shape: 'chart' },
        { span: 4, shape: 'table', rows: 6 },
        { span: 7, shape: 'table', rows: 8 },
        { span: 5, shape: 'table', rows: 3 },
      ]}
    />
  )
}
