/** The resource type of users that an administrator creates for a run, with their passwords and roles. */
import { unreached, createResource, type ResourceKind } from '../../src/resources/resource-type.ts';
import { idsByName } from '../../src/resources/listing.ts';
import { respondedWith } from '../../src/clauses/checked.ts';
import { statusOf } from '../../src/execution/poll.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import type { CleanupContext } from '../../src/execution/run-context.ts';
import { removeFromKeystone } from './remove-from-keystone.ts';
import { rolesIn } from './roles-in.ts';

const service = 'identity';

export const user: ResourceKind = {
  type: 'user',
  ids: 'uuid',
  removalOrder: 3,
  remove: (cleanup, id, as, timeoutMs) => removeFromKeystone(cleanup, `/users/${id}`, as, timeoutMs),
  find: (cleanup, name, as) => idsByName(cleanup, { service, path: '/users', key: 'users' }, name, as),
  command: 'user delete',
};

export interface NewUser {
  /** Follows the name of the run. */
  readonly name: string;
  readonly password: string;
  readonly domainId: string;
}

/** Creates a user and returns its id. @throws Unreached */
export async function createUser(cleanup: CleanupContext, { name, password, domainId }: NewUser): Promise<string> {
  const owned = await createResource(cleanup, {
    kind: user,
    label: '',
    name,
    key: 'user',
    request: (full) => ({
      service,
      method: 'POST',
      path: '/users',
      as: 'admin',
      body: { user: { name: full, password, domain_id: domainId, enabled: true, options: keepPassword } },
    }),
  });
  return owned.id;
}

/** Some clouds require new users to change their password first. */
const keepPassword = { ignore_change_password_upon_first_use: true };

/** Sets a new password, for the clean-up of a run whose process has exited with its passwords. @throws Unreached */
export async function changePassword(cleanup: CleanupContext, id: string, password: string): Promise<void> {
  const body = { user: { password } };
  const path = `/users/${id}`;
  const seen = await sendRequest(cleanup, { service, method: 'PATCH', path, body, as: 'admin', purpose: 'clean-up' });
  if (statusOf(seen) !== 200) throw unreached('changing a password', seen);
}

export interface Grant {
  readonly userId: string;
  readonly projectId: string;
  readonly roleId: string;
}

/** Grants a user of the run a role in a project; Keystone removes the grant with the user. @throws Unreached */
export async function grantRole(cleanup: CleanupContext, { userId, projectId, roleId }: Grant): Promise<void> {
  const path = `/projects/${projectId}/users/${userId}/roles/${roleId}`;
  const seen = await sendRequest(cleanup, { service, method: 'PUT', path, as: 'admin', purpose: 'preparation' });
  if (statusOf(seen) !== 204) throw unreached('granting a role', seen);
}

/**
 * The id of the role with this name; undefined when there is none.
 *
 * @throws Unreached when the administrator may not list roles
 */
export async function findRole(cleanup: CleanupContext, name: string): Promise<string | undefined> {
  const query = `name=${encodeURIComponent(name)}`;
  const wanted = { service, method: 'GET', path: '/roles', query, as: 'admin', purpose: 'preparation' } as const;
  const seen = await sendRequest(cleanup, wanted);
  const list = respondedWith(seen, 200);
  if (!list) throw unreached('listing roles', seen);
  return rolesIn(list).find((role) => role.name === name)?.id;
}
