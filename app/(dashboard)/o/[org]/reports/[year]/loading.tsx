import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      filters={false}
      figures={false}
      panels={[
        { span: 9, shape: 'table', rows: 26 },
        { span: 3, shape: 'table', rows: 8 },
        { span: 12, shape: 'table', rows: 8 },
      ]}
    />
  )
}
