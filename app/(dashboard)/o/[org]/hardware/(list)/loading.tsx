import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      panels={[
        { span: 12, shape: 'table', rows: 6 },
        { span: 8, shape: 'chart' },
        { span: 4, shape: 'table', rows: 5 },
        { span: 8, shape: 'table', rows: 4 },
        { span: 4, shape: 'table', rows: 4 },
      ]}
    />
  )
}
