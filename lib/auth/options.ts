import type { NextAuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { appPool } from '@/lib/db/pool'
import { env } from '@/lib/env'
import { verifyPassword } from './password'

/** Ten wrong passwords for one address in fifteen minutes, then a pause. */
const failures = new RateLimiterMemory({ points: 10, duration: 900 })

interface Person {
  user_id: string
  email: string
  name: string | null
  password_hash: string
}

const personByEmail = async (email: string): Promise<Person | undefined> =>
  (await appPool().query<Person>('select * from person_by_email($1)', [email])).rows[0]

const oidc = () =>
  env().OIDC_ISSUER
    ? [
        {
          id: 'oidc',
          name: env().OIDC_NAME ?? 'Single sign-on',
          type: 'oauth' as const,
          wellKnown: `${env().OIDC_ISSUER?.replace(/\/$/, '')}/.well-known/openid-configuration`,
          clientId: env().OIDC_CLIENT_ID ?? '',
          clientSecret: env().OIDC_CLIENT_SECRET ?? '',
          authorization: { params: { scope: 'openid email profile' } },
          idToken: true,
          checks: ['pkce', 'state', 'nonce'] as ('pkce' | 'state' | 'nonce')[],
          profile: (claims: { sub: string; name?: string; email?: string; email_verified?: boolean }) => ({
            id: claims.sub,
            name: claims.name ?? null,
            email: claims.email_verified ? (claims.email ?? null) : null,
          }),
        },
      ]
    : []

export const authOptions = (): NextAuthOptions => ({
  session: { strategy: 'jwt', maxAge: 8 * 3600 },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    Credentials({
      name: 'Password',
      credentials: { email: { type: 'email' }, password: { type: 'password' } },
      async authorize(given) {
        const email = given?.email?.trim().toLowerCase()
        const password = given?.password
        if (!email || !password || password.length > 1000) return null
        const tries = await failures.get(email)
        if (tries && tries.remainingPoints <= 0) throw new Error('TooManyAttempts')
        const person = await personByEmail(email)
        if (!(await verifyPassword(person?.password_hash ?? null, password)) || !person) {
          await failures.consume(email).catch(() => undefined)
          return null
        }
        await failures.delete(email)
        return { id: person.user_id, email: person.email, name: person.name }
      },
    }),
    ...oidc(),
  ],
  callbacks: {
    // Single sign-on maps a verified address to a person who was already invited; it never creates or links one silently.
    async signIn({ account, user }) {
      if (account?.provider !== 'oidc') return true
      return user.email ? (await personByEmail(user.email)) !== undefined : false
    },
    async jwt({ token, user, account }) {
      if (user) {
        token.userId = account?.provider === 'oidc' && user.email ? (await personByEmail(user.email))?.user_id : user.id
      }
      return token
    },
    session({ session, token }) {
      return { ...session, user: { ...session.user, id: token.userId as string | undefined } }
    },
  },
})
