/**
 * The representations of identity resources.
 */

import type { Json, JsonObject, SimRequest } from '../kernel/http.ts';
import type { ApplicationCredential, Project, Role, User } from './state.ts';

export function projectView(request: SimRequest, { id, name, domainId, description, enabled }: Project): JsonObject {
  return {
    id,
    name,
    domain_id: domainId,
    description,
    enabled,
    parent_id: domainId,
    is_domain: false,
    tags: [],
    options: {},
    links: selfLink(request, `projects/${id}`),
  };
}

export function userView(request: SimRequest, { id, name, domainId, enabled }: User): JsonObject {
  const links = selfLink(request, `users/${id}`);
  return { id, name, domain_id: domainId, enabled, password_expires_at: null, options: {}, links };
}

export function roleView(request: SimRequest, { id, name }: Role): JsonObject {
  const options = { immutable: true };
  return { id, name, domain_id: null, description: null, options, links: selfLink(request, `roles/${id}`) };
}

export function credentialView(request: SimRequest, credential: ApplicationCredential): JsonObject {
  const { id, name, description, projectId, userId, roles, unrestricted, expiresAt } = credential;
  return {
    id,
    name,
    description,
    user_id: userId,
    project_id: projectId,
    system: null,
    roles: roles.map((role) => ({ id: role.id, name: role.name, domain_id: null, description: null })),
    unrestricted,
    expires_at: expiresAt ? expiresAt.toISOString().replace('Z', '000') : null,
    links: selfLink(request, `users/${userId}/application_credentials/${id}`),
  };
}

export function collection(request: SimRequest, name: string, members: readonly Json[]): JsonObject {
  const self = `${request.origin}/identity${request.path}`;
  return { [name]: members, links: { next: null, self, previous: null } };
}

function selfLink(request: SimRequest, path: string): JsonObject {
  return { self: `${request.origin}/identity/v3/${path}` };
}
