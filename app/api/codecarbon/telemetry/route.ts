/** The client's usage ping to its makers: accepted without a key, not read, not kept; hence an id of nothing. */
export const POST = (): Response => Response.json('00000000-0000-0000-0000-000000000000', { status: 201 })
