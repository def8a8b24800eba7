'use client'
import { signIn } from 'next-auth/react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Icon } from '../ui/icon'
import { safeCallback } from './safe-callback'

export interface SignInFormProps {
  callbackUrl?: string | null
  /** Error code of a former attempt, from the address. */
  errorCode?: string | null
  /** Published credentials of the demo organisation. */
  demo?: { email: string; password: string }
  /** A button for single sign-on. */
  oidc?: ReactNode
}

const WORDS = {
  wrong: 'Email or password is not right.',
  many: 'Too many attempts, try again in a few minutes.',
  down: 'Sign-in could not be reached. Try again.',
}

const wordsFor = (code: string | null | undefined, status?: number): string | null => {
  if (!code) return null
  if (status === 429 || /too.?many|rate/i.test(code)) return WORDS.many
  return status !== undefined && status >= 500 ? WORDS.down : WORDS.wrong
}

export function SignInForm({ callbackUrl, errorCode, demo, oidc }: SignInFormProps) {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(wordsFor(errorCode))
  const enter = async (email: string, password: string) => {
    setPending(true)
    setError(null)
    const target = safeCallback(callbackUrl)
    try {
      const answer = await signIn('credentials', { redirect: false, email, password, callbackUrl: target })
      // A whole load, so that no page of a former session is kept.
      if (answer?.ok && !answer.error) return window.location.assign(target)
      setError(wordsFor(answer?.error ?? 'CredentialsSignin', answer?.status))
    } catch {
      setError(WORDS.down)
    }
    setPending(false)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void enter(String(form.get('email') ?? ''), String(form.get('password') ?? ''))
  }
  return (
    <form method="post" onSubmit={submit} className="grid w-full max-w-[344px] gap-4">
      <h1 className="mb-1 text-title font-semibold">Sign in</h1>
      <div role="alert" className={error ? 'flex items-start gap-1.5 text-table text-breach' : 'hidden'}>
        {error && (
          <>
            <Icon name="breach" className="mt-0.5" />
            {error}
          </>
        )}
      </div>
      <Field label="Work email" name="email" type="email" autoComplete="username" required inputClassName="h-9" />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        inputClassName="h-9"
      />
      <Button type="submit" tone="primary" className="h-9" disabled={pending}>
        {pending ? 'Signing in' : 'Sign in'}
      </Button>
      {(oidc || demo) && (
        <p className="flex items-center gap-3 text-meta text-muted before:h-px before:flex-1 before:bg-hairline before:content-[''] after:h-px after:flex-1 after:bg-hairline after:content-['']">
          or
        </p>
      )}
      {oidc}
      {demo && (
        <div className="grid gap-1">
          <Button className="h-9" disabled={pending} onClick={() => enter(demo.email, demo.password)}>
            Open the demo organisation
          </Button>
          <p className="text-meta text-muted">Synthetic readings, as {demo.email}.</p>
        </div>
      )}
    </form>
  )
}
