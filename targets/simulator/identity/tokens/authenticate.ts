/**
 * Authentication: the user and the scope of a token request. Every failure is the same 401.
 */

import type { Cloud } from '../../cloud.ts';
import { type Json, member, textMember } from '../../kernel/http.ts';
import { badRequest, forbidden, notFound, Refusal } from '../../kernel/refusal.ts';
import { validToken } from '../caller.ts';
import { expected, unauthorized } from '../errors.ts';
import { rolesOf, withImplied } from '../roles-of.ts';
import type { ApplicationCredential, Role, Scope, User } from '../state.ts';

export interface Claim {
  readonly user: User;
  readonly methods: readonly string[];
  /** Set if the new token must not outlive the token or credential it was obtained with. */
  readonly notAfter?: Date | undefined;
  readonly credential?: ApplicationCredential;
}

const readers: Readonly<Record<string, (cloud: Cloud, identity: Json | undefined) => Claim | undefined>> = {
  password: byPassword,
  token: byToken,
  application_credential: byApplicationCredential,
};

/** The refusal of a body that has no methods to authenticate by. */
export function formRefusal(body: Json | undefined): Refusal | undefined {
  const auth = member(body, 'auth');
  if (auth === undefined) return expected('auth', 'request body');
  const identity = member(auth, 'identity');
  if (identity === undefined) return badRequest("'identity' is a required property");
  return methodsIn(identity).length === 0
    ? badRequest("Invalid input for field 'identity': 'methods' is a required property")
    : undefined;
}

/** @throws Refusal unless all methods of the request authenticate the same user. */
export function claimIn(cloud: Cloud, body: Json | undefined): Claim {
  const identity = member(member(body, 'auth'), 'identity');
  const claims = methodsIn(identity).map((method) => claimOf(cloud, identity, method));
  const [claim] = claims;
  if (!claim || claims.some(({ user }) => user !== claim.user)) throw unauthorized();
  return claim;
}

/** @throws Refusal for a scope that does not exist. */
export function scopeIn(cloud: Cloud, body: Json | undefined, claim: Claim): Scope {
  return scopeOf(cloud, member(member(body, 'auth'), 'scope'), claim);
}

export function rolesFor({ identity, behaviour }: Cloud, { user, credential }: Claim, scope: Scope): readonly Role[] {
  const { impliedRoles } = behaviour.identity;
  return credential
    ? withImplied(identity, impliedRoles, credential.roles)
    : rolesOf(identity, impliedRoles, user.id, scope);
}

/** A method that is not a text has no name. */
function methodsIn(identity: Json | undefined): readonly string[] {
  const methods = member(identity, 'methods');
  return Array.isArray(methods) ? methods.map((one: Json) => (typeof one === 'string' ? one : '')) : [];
}

function claimOf(cloud: Cloud, identity: Json | undefined, method: string): Claim {
  const read = readers[method];
  const given = member(identity, method);
  if (read && given === undefined) throw expected(method, 'identity');
  const claim = read?.(cloud, given);
  if (claim?.user.enabled !== true) throw unauthorized();
  return claim;
}

function byPassword(cloud: Cloud, claim: Json | undefined): Claim | undefined {
  const given = member(claim, 'user');
  const user = findUser(cloud, given);
  if (!user || user.password !== textMember(given, 'password')) return undefined;
  return { user, methods: ['password'] };
}

function byToken(cloud: Cloud, claim: Json | undefined): Claim | undefined {
  const token = validToken(cloud, textMember(claim, 'id') ?? '');
  if (!token) throw notFound('Could not recognize Fernet token');
  const user = cloud.identity.users.get(token.userId);
  if (!user) return undefined;
  // A credential for one project cannot be exchanged for a token for another.
  if (token.applicationCredentialId !== undefined) {
    throw forbidden('You are not authorized to perform the requested action: identity:issue_token.');
  }
  const methods = [...new Set(['token', ...token.methods])];
  return { user, methods, notAfter: token.expiresAt };
}

function byApplicationCredential(cloud: Cloud, claim: Json | undefined): Claim | undefined {
  const credential = findCredential(cloud, claim);
  if (!credential || credential.secret !== textMember(claim, 'secret')) return undefined;
  if (credential.expiresAt && credential.expiresAt <= cloud.now()) return undefined;
  const user = cloud.identity.users.get(credential.userId);
  if (!user) return undefined;
  return { user, methods: ['application_credential'], notAfter: credential.expiresAt, credential };
}

function findUser(cloud: Cloud, given: Json | undefined): User | undefined {
  const id = textMember(given, 'id');
  if (id !== undefined) return cloud.identity.users.get(id);
  const name = textMember(given, 'name');
  const domain = member(given, 'domain');
  if (domain === undefined) throw expected('domain', 'user');
  const domainId = findDomain(cloud, domain);
  return [...cloud.identity.users.values()].find((user) => user.name === name && user.domainId === domainId);
}

function findCredential(cloud: Cloud, claim: Json | undefined): ApplicationCredential | undefined {
  const id = textMember(claim, 'id');
  if (id !== undefined) return cloud.identity.applicationCredentials.get(id);
  const user = findUser(cloud, member(claim, 'user'));
  const name = textMember(claim, 'name');
  return [...cloud.identity.applicationCredentials.values()].find(
    (credential) => credential.name === name && credential.userId === user?.id,
  );
}

function findDomain(cloud: Cloud, given: Json | undefined): string | undefined {
  const id = textMember(given, 'id');
  if (id !== undefined) return id;
  const name = textMember(given, 'name');
  return [...cloud.identity.domains.values()].find((domain) => domain.name === name)?.id;
}

function scopeOf(cloud: Cloud, given: Json | undefined, claim: Claim): Scope {
  if (claim.credential) {
    if (given !== undefined) {
      throw new Refusal(401, 'Error authenticating with application credential: it has a scope of its own.');
    }
    return { kind: 'project', projectId: claim.credential.projectId };
  }
  if (given === undefined || given === 'unscoped') return { kind: 'unscoped' };
  if (member(member(given, 'system'), 'all') === true) return { kind: 'system' };
  const project = member(given, 'project');
  if (project !== undefined) return projectScope(cloud, project);
  const domainId = findDomain(cloud, member(given, 'domain'));
  if (domainId === undefined || !cloud.identity.domains.has(domainId)) throw unauthorized();
  return { kind: 'domain', domainId };
}

function projectScope(cloud: Cloud, given: Json): Scope {
  const id = textMember(given, 'id');
  const name = textMember(given, 'name');
  const domainId = findDomain(cloud, member(given, 'domain'));
  const project = [...cloud.identity.projects.values()].find((one) =>
    id === undefined ? one.name === name && one.domainId === domainId : one.id === id,
  );
  if (!project?.enabled) throw unauthorized();
  return { kind: 'project', projectId: project.id };
}
