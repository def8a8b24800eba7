import { PageSkeleton } from '../../runs/_shared/page-skeleton'

export default function Loading() {
  return (
    <PageSkeleton
      filters={false}
      figures={false}
      panels={[
        { span: 8, shape: 'table', rows: 8 },
        { span: 4, shape: 'table', rows: 6 },
      ]}
    />
  )
}
