import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      figures={false}
      panels={[
        { span: 12, shape: 'table', rows: 8 },
        { span: 7, shape: 'chart' },
        { span: 5, shape: 'table', rows: 5 },
      ]}
    />
  )
}
