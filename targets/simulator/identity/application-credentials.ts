/**
 * Application credentials: a user's credentials for one project.
 */

import { randomBytes } from 'node:crypto';
import { json, type Json, member, type SimResponse, textMember } from '../kernel/http.ts';
import { badRequest, conflict, forbidden } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { IdentityCall, IdentityHandle } from './call.ts';
import { expected, missing, noContent } from './errors.ts';
import { type ApplicationCredential, keystoneId, type Role } from './state.ts';
import { collection, credentialView } from './views.ts';

const path = '/v3/users/:user_id/application_credentials';

export const applicationCredentialRoutes: readonly Route<IdentityHandle>[] = [
  {
    operation: 'identity/list-application-credentials',
    method: 'GET',
    path,
    handle: { rule: 'list_application_credentials', grant: 'self', answer: listCredentials },
  },
  {
    operation: 'identity/create-application-credential',
    method: 'POST',
    path,
    handle: { rule: 'create_application_credential', grant: 'self', answer: createCredential },
  },
  {
    operation: 'identity/show-application-credential',
    method: 'GET',
    path: `${path}/:credential_id`,
    handle: { rule: 'get_application_credential', grant: 'self', answer: showCredential },
  },
  {
    operation: 'identity/delete-application-credential',
    method: 'DELETE',
    path: `${path}/:credential_id`,
    handle: { rule: 'delete_application_credential', grant: 'self', answer: deleteCredential },
  },
];

function ownCredentials({ cloud, params }: IdentityCall): readonly ApplicationCredential[] {
  return [...cloud.identity.applicationCredentials.values()].filter(({ userId }) => userId === params.user_id);
}

function listCredentials(call: IdentityCall): SimResponse {
  const name = call.query.get('name');
  const credentials = ownCredentials(call).filter((one) => name === null || one.name === name);
  const views = credentials.map((one) => credentialView(call.request, one));
  return json(200, collection(call.request, 'application_credentials', views));
}

function createCredential(call: IdentityCall): SimResponse {
  const { caller, cloud, body } = call;
  const given = member(body, 'application_credential');
  const name = textMember(given, 'name');
  if (name === undefined || name === '') throw expected('name', 'application_credential');
  if (caller.projectId === undefined || caller.userId !== call.params.user_id) throw notOwn('create');
  if (caller.token.applicationCredentialId !== undefined && !isUnrestricted(call)) throw notOwn('create');
  if (ownCredentials(call).some((one) => one.name === name)) {
    throw conflict(
      'Conflict occurred attempting to store application_credential - Duplicate entry found with name ' +
        `${name} at user ID ${caller.userId}.`,
    );
  }
  const credential: ApplicationCredential = {
    id: keystoneId(),
    name,
    description: textMember(given, 'description') ?? null,
    secret: textMember(given, 'secret') ?? randomBytes(64).toString('base64url'),
    userId: caller.userId,
    projectId: caller.projectId,
    roles: chosenRoles(member(given, 'roles'), caller.token.roles),
    unrestricted: member(given, 'unrestricted') === true,
    expiresAt: expiry(textMember(given, 'expires_at')),
  };
  cloud.identity.applicationCredentials.set(credential.id, credential);
  const view = { ...credentialView(call.request, credential), secret: credential.secret };
  return json(201, { application_credential: view });
}

function showCredential(call: IdentityCall): SimResponse {
  return json(200, { application_credential: credentialView(call.request, credentialOf(call)) });
}

function deleteCredential(call: IdentityCall): SimResponse {
  if (call.caller.token.applicationCredentialId !== undefined && !isUnrestricted(call)) throw notOwn('delete');
  const { id } = credentialOf(call);
  const { identity } = call.cloud;
  identity.applicationCredentials.delete(id);
  for (const token of identity.tokens.values()) {
    if (token.applicationCredentialId === id) identity.tokens.delete(token.id);
  }
  return noContent;
}

function credentialOf(call: IdentityCall): ApplicationCredential {
  const id = call.params.credential_id ?? '';
  const credential = ownCredentials(call).find((one) => one.id === id);
  if (!credential) throw missing('Application Credential', id);
  return credential;
}

function isUnrestricted({ cloud, caller }: IdentityCall): boolean {
  const id = caller.token.applicationCredentialId ?? '';
  return cloud.identity.applicationCredentials.get(id)?.unrestricted === true;
}

function chosenRoles(given: Json | undefined, own: readonly Role[]): readonly Role[] {
  if (!Array.isArray(given)) return own;
  return given.map((one: Json) => {
    const role = own.find(({ id, name }) => id === textMember(one, 'id') || name === textMember(one, 'name'));
    if (!role) throw badRequest('Invalid application credential: Could not find role assignment.');
    return role;
  });
}

function expiry(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(date.getTime())) throw badRequest(`Invalid input for field 'expires_at': '${text}' is not a date.`);
  return date;
}

function notOwn(verb: string): Error {
  return forbidden(`You are not authorized to perform the requested action: identity:${verb}_application_credential.`);
}
