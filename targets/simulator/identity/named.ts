/**
 * How endpoints find the project or the user of a path, and the domain of a body, and their checks of them.
 */

import type { Lookup } from '../kernel/endpoint.ts';
import { textMember } from '../kernel/http.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { IdentityCall, Of } from './call.ts';
import { expected, missing } from './errors.ts';
import type { Domain, Project, User } from './state.ts';

export interface OnProject {
  readonly project: Project | undefined;
}

export interface OnUser {
  readonly user: User | undefined;
}

export interface InDomain {
  readonly domain: Domain | undefined;
}

export const project: Lookup<IdentityCall, Project> = {
  noun: 'a project',
  id: ({ params }) => params.project_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.identity.projects.values(),
};

export const user: Lookup<IdentityCall, User> = {
  noun: 'a user',
  id: ({ params }) => params.user_id ?? '',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.identity.users.values(),
};

/** The domain that a new project or user is in. */
export const domain: Lookup<IdentityCall, Domain> = {
  noun: 'a domain',
  id: (_, wanted) => textMember(wanted, 'domain_id') ?? 'default',
  matches: ({ id }, text) => id === text,
  rows: ({ cloud }) => cloud.identity.domains.values(),
};

export function unknownProject({ call: { params }, found }: Of<OnProject>): Refusal | undefined {
  return found.project ? undefined : missing('project', params.project_id ?? '');
}

export function unknownUser({ call: { params }, found }: Of<OnUser>): Refusal | undefined {
  return found.user ? undefined : missing('user', params.user_id ?? '');
}

export function unknownDomain({ wanted, found }: Of<InDomain>): Refusal | undefined {
  return found.domain ? undefined : missing('domain', textMember(wanted, 'domain_id') ?? 'default');
}

/** The refusal of a new resource without a name. */
export function unnamed({ wanted, rules }: Of<unknown>): Refusal | undefined {
  const name = textMember(wanted, 'name');
  return name === undefined || name === '' ? expected('name', rules.body?.envelope ?? '') : undefined;
}

/** Whether a resource of a domain has the name and the domain that a query asks for, if any. */
export function hasNameAndDomain({ query }: Of<unknown>, one: Project | User): boolean {
  return (
    (query.name === undefined || one.name === query.name) &&
    (query.domain_id === undefined || one.domainId === query.domain_id)
  );
}

/** Whether a resource of the domain already has the name. */
export function isTaken({ wanted, found }: Of<InDomain>, all: Iterable<Project | User>): boolean {
  return [...all].some(({ name, domainId }) => name === textMember(wanted, 'name') && domainId === found.domain?.id);
}
