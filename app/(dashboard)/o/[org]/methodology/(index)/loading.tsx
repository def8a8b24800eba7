import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      filters={false}
      figures={false}
      panels={[
        { span: 6, shape: 'table', rows: 4 },
        { span: 6, shape: 'table', rows: 4 },
        { span: 6, shape: 'table', rows: 4 },
        { span: 6, shape: 'table', rows: 4 },
      ]}
    />
  )
}
