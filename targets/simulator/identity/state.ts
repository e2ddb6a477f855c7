/**
 * Users, projects, role assignments, credentials and tokens.
 */

import { randomBytes, randomUUID } from 'node:crypto';

export interface Domain {
  readonly id: string;
  readonly name: string;
}

export interface Project {
  readonly id: string;
  name: string;
  readonly domainId: string;
  description: string;
  enabled: boolean;
}

export interface User {
  readonly id: string;
  name: string;
  readonly domainId: string;
  password: string;
  enabled: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
}

export type Scope =
  | { readonly kind: 'unscoped' }
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'domain'; readonly domainId: string }
  | { readonly kind: 'system' };

/** A role of a user at a scope. */
export interface Grant {
  readonly userId: string;
  readonly roleId: string;
  readonly scope: Scope;
}

export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly secret: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly Role[];
  readonly unrestricted: boolean;
  readonly expiresAt: Date | undefined;
}

export interface Token {
  readonly id: string;
  readonly auditId: string;
  readonly methods: readonly string[];
  readonly userId: string;
  readonly scope: Scope;
  readonly roles: readonly Role[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The application credential that the token was obtained with, if any. */
  readonly applicationCredentialId: string | undefined;
}

export interface IdentityState {
  readonly domains: Map<string, Domain>;
  readonly projects: Map<string, Project>;
  readonly users: Map<string, User>;
  readonly roles: Map<string, Role>;
  grants: readonly Grant[];
  readonly applicationCredentials: Map<string, ApplicationCredential>;
  readonly tokens: Map<string, Token>;
}

export function emptyIdentity(): IdentityState {
  return {
    domains: new Map(),
    projects: new Map(),
    users: new Map(),
    roles: new Map(),
    grants: [],
    applicationCredentials: new Map(),
    tokens: new Map(),
  };
}

/** An id as Keystone generates them: 32 hexadecimal digits. */
export function keystoneId(): string {
  return randomUUID().replaceAll('-', '');
}

export function tokenId(): string {
  return `gAAAAA${randomBytes(96).toString('base64url')}`;
}

export function sameScope(a: Scope, b: Scope): boolean {
  if (a.kind === 'project') return b.kind === 'project' && a.projectId === b.projectId;
  if (a.kind === 'domain') return b.kind === 'domain' && a.domainId === b.domainId;
  return a.kind === b.kind;
}
