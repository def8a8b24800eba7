/** A process that cannot work says so at once, in a sentence, instead of at the first request. */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { env } = await import('./lib/env')
  if (!env().NEXTAUTH_SECRET) throw new Error('NEXTAUTH_SECRET is not set: start with `npm start`, or set it.')
}
