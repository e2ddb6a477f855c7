/** Users that an administrator makes for a run, with their password and their roles. */
import { unreached, createResource, type ResourceKind } from '../../src/conformance/resource.ts';
import { idsByName } from '../../src/conformance/listing.ts';
import { answered } from '../../src/conformance/checked.ts';
import { statusOf } from '../../src/conformance/poll.ts';
import { sendRequest } from '../../src/conformance/send.ts';
import type { Ground } from '../../src/conformance/world.ts';
import { removeFromKeystone } from './remove-from-keystone.ts';
import { rolesIn } from './roles-in.ts';

const service = 'identity';

export const user: ResourceKind = {
  type: 'user',
  ids: 'uuid',
  removalOrder: 3,
  remove: (ground, id, as, budgetMs) => removeFromKeystone(ground, `/users/${id}`, as, budgetMs),
  find: (ground, name, as) => idsByName(ground, { service, path: '/users', key: 'users' }, name, as),
  command: (words) => `openstack user delete ${words}`,
};

export interface NewUser {
  /** After the run's name. */
  readonly name: string;
  readonly password: string;
  readonly domainId: string;
}

/** Its id. @throws Unreached */
export async function createUser(ground: Ground, { name, password, domainId }: NewUser): Promise<string> {
  const owned = await createResource(ground, {
    kind: user,
    label: '',
    name,
    key: 'user',
    request: (full) => ({
      service,
      method: 'POST',
      path: '/users',
      as: 'admin',
      body: { user: { name: full, password, domain_id: domainId, enabled: true, options: lasting } },
    }),
  });
  return owned.id;
}

/** Some clouds want a new user to change the password before anything else. */
const lasting = { ignore_change_password_upon_first_use: true };

/** For a run whose passwords went with its process. @throws Unreached */
export async function changePassword(ground: Ground, id: string, password: string): Promise<void> {
  const body = { user: { password } };
  const path = `/users/${id}`;
  const seen = await sendRequest(ground, { service, method: 'PATCH', path, body, as: 'admin', purpose: 'clean-up' });
  if (statusOf(seen) !== 200) throw unreached('changing a password', seen);
}

export interface Grant {
  readonly userId: string;
  readonly projectId: string;
  readonly roleId: string;
}

/** Gives a user of the run a role in a project; gone with the user. @throws Unreached */
export async function grantRole(ground: Ground, { userId, projectId, roleId }: Grant): Promise<void> {
  const path = `/projects/${projectId}/users/${userId}/roles/${roleId}`;
  const seen = await sendRequest(ground, { service, method: 'PUT', path, as: 'admin', purpose: 'preparation' });
  if (statusOf(seen) !== 204) throw unreached('granting a role', seen);
}

/** The role with this name; undefined when there is none. @throws Unreached when the administrator may not look */
export async function findRole(ground: Ground, name: string): Promise<string | undefined> {
  const query = `name=${encodeURIComponent(name)}`;
  const wanted = { service, method: 'GET', path: '/roles', query, as: 'admin', purpose: 'preparation' } as const;
  const seen = await sendRequest(ground, wanted);
  const list = answered(seen, 200);
  if (!list) throw unreached('looking roles up', seen);
  return rolesIn(list).find((role) => role.name === name)?.id;
}
