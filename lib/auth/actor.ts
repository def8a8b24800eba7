import type { KeyScope } from '@/lib/contracts/api-keys'

export const ROLES = ['owner', 'admin', 'analyst', 'ml', 'viewer', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** Who asks, already known to belong to the organisation. */
export type Actor =
  | { kind: 'user'; orgId: string; userId: string; role: Role }
  | { kind: 'key'; orgId: string; keyId: string; scopes: KeyScope[] }

export const actorId = (actor: Actor): string => (actor.kind === 'user' ? actor.userId : actor.keyId)

/** What may be done, in one table: docs/permissions.md prints it and a test holds the two together. */
export const PERMISSIONS = {
  read: { roles: ['owner', 'admin', 'analyst', 'ml', 'viewer', 'auditor'], scope: 'read' },
  ingest: { roles: ['owner', 'admin', 'ml'], scope: 'ingest' },
  'grid:import': { roles: ['owner', 'admin', 'analyst'], scope: 'ingest' },
  'site:edit': { roles: ['owner', 'admin', 'analyst'], scope: 'admin' },
  'factor:edit': { roles: ['owner', 'admin', 'analyst'], scope: 'admin' },
  'asset:edit': { roles: ['owner', 'admin', 'analyst', 'ml'], scope: 'admin' },
  'model:edit': { roles: ['owner', 'admin', 'analyst', 'ml'], scope: 'admin' },
  'instrument:edit': { roles: ['owner', 'admin', 'analyst'], scope: 'admin' },
  'activity:edit': { roles: ['owner', 'admin', 'analyst'], scope: 'admin' },
  'settings:edit': { roles: ['owner', 'admin', 'analyst'], scope: 'admin' },
  'key:manage': { roles: ['owner', 'admin'], scope: 'admin' },
} as const satisfies Record<string, { roles: readonly Role[]; scope: KeyScope }>
export type Permission = keyof typeof PERMISSIONS

export const isAllowed = (actor: Actor, permission: Permission): boolean => {
  const { roles, scope } = PERMISSIONS[permission]
  return actor.kind === 'user'
    ? (roles as readonly Role[]).includes(actor.role)
    : actor.scopes.includes(scope) || actor.scopes.includes('admin')
}

/** A refusal in words: what is needed, and who has it. */
export const neededFor = (permission: Permission): string => {
  const { roles, scope } = PERMISSIONS[permission]
  return `Needs a key with scope ${scope}, or one of the roles ${roles.join(', ')}.`
}
