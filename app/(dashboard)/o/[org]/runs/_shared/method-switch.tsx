import { addressOf } from '@/components/shell/filter-query'
import { Segmented } from '@/components/ui/segmented'
import { type AskedParams, type Method, queryOf } from './page-view'

/** Location | Market, kept in the address. Two methods for the same electricity: one is shown at a time, and they are never added. */
export function MethodSwitch({ path, asked, method }: { path: string; asked: AskedParams; method: Method }) {
  const hrefOf = (wanted: Method) => {
    const query = queryOf(asked)
    query.delete('method')
    // The default is not written.
    if (wanted === 'mb') query.set('method', 'mb')
    return addressOf(path, query)
  }
  return (
    <Segmented
      label="Scope 2 method"
      value={method}
      options={[
        { value: 'lb', label: 'Location', href: hrefOf('lb') },
        { value: 'mb', label: 'Market', href: hrefOf('mb') },
      ]}
    />
  )
}
