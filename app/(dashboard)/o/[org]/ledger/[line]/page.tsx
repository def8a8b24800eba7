import { redirect } from 'next/navigation'
import { pageAccess } from '@/lib/auth/page'

/** The short address of a line: the ledger with its drawer open. */
export default async function LedgerLinePage({ params }: { params: Promise<{ org: string; line: string }> }) {
  const { org, line } = await params
  await pageAccess(org)
  redirect(`/o/${org}/ledger?line=${encodeURIComponent(line)}`)
}
