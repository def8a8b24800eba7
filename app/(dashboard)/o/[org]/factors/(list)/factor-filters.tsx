'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useState, useTransition } from 'react'
import { addressOf } from '@/components/shell/filter-query'
import { inputClass } from '@/components/ui/field'

export interface FactorFiltersProps {
  kinds: { value: string; label: string }[]
  statuses: { value: string; label: string }[]
  resultText: string
}

const KEYS = ['q', 'kind', 'place', 'status'] as const
const box = inputClass(false, 'h-7 text-meta')

/** Search and filters live in the address; typing waits for a short calm. */
export function FactorFilters({ kinds, statuses, resultText }: FactorFiltersProps) {
  const router = useRouter()
  const pathname = usePathname()
  const asked = useSearchParams()
  const [pending, start] = useTransition()
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState(0)
  const go = () => {
    if (!form.current) return
    const data = new FormData(form.current)
    const next = new URLSearchParams()
    for (const key of KEYS) {
      const value = String(data.get(key) ?? '').trim()
      if (value !== '') next.set(key, value)
    }
    if (
      next.toString() ===
      new URLSearchParams([...asked].filter(([key]) => (KEYS as readonly string[]).includes(key))).toString()
    )
      return
    start(() => router.push(addressOf(pathname, next), { scroll: false }))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each keystroke starts the wait anew; the rest is read when it ends
  useEffect(() => {
    if (typed === 0) return
    const timer = setTimeout(go, 350)
    return () => clearTimeout(timer)
  }, [typed])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    go()
  }
  const type = () => setTyped((count) => count + 1)
  return (
    <search
      aria-label="Filters"
      data-chrome=""
      aria-busy={pending}
      className="no-bar relative flex min-h-10 flex-none border-b border-hairline px-(--gutter) py-1.5 text-meta"
    >
      {pending && <span aria-hidden="true" className="absolute bottom-[-1px] left-0 h-[2px] w-[44%] bg-accent" />}
      <form ref={form} onSubmit={submit} className="grid w-full grid-cols-2 items-center gap-2 sm:flex">
        <input
          type="search"
          name="q"
          aria-label="Search factors"
          placeholder="Search name, id or source"
          defaultValue={asked.get('q') ?? ''}
          onChange={type}
          maxLength={200}
          className={`${box} col-span-2 sm:max-w-72`}
        />
        <select
          name="kind"
          aria-label="Kind"
          defaultValue={asked.get('kind') ?? ''}
          onChange={go}
          className={`${box} sm:w-auto`}
        >
          <option value="">Every kind</option>
          {kinds.map((kind) => (
            <option key={kind.value} value={kind.value}>
              {kind.label}
            </option>
          ))}
        </select>
        <select
          name="status"
          aria-label="Status"
          defaultValue={asked.get('status') ?? ''}
          onChange={go}
          className={`${box} sm:w-auto`}
        >
          <option value="">Every status</option>
          {statuses.map((status) => (
            <option key={status.value} value={status.value}>
              {status.label}
            </option>
          ))}
        </select>
        <input
          name="place"
          aria-label="Zone or country"
          placeholder="Zone or country"
          defaultValue={asked.get('place') ?? ''}
          onChange={type}
          maxLength={60}
          className={`${box} sm:max-w-40`}
        />
      </form>
      <span role="status" className="sr-only">
        {pending ? '' : resultText}
      </span>
    </search>
  )
}
