/**
 * `refused`: we do not call there. `denied`: the other side knows the key not, or not for this. `failed`: it answered what it should not, or
 * nothing. `later`: it asked us to wait. `words` are for people and hold no secret.
 */
export type OutboundTrouble = 'refused' | 'denied' | 'failed' | 'later'

export class OutboundError extends Error {
  constructor(
    readonly trouble: OutboundTrouble,
    words: string,
    readonly details: { status?: number; retryAt?: number; retryable?: boolean } = {},
  ) {
    super(words)
    this.name = 'OutboundError'
  }
}
