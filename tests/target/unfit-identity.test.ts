/** Who cannot do its part: a token for no project, the wrong project, roles that are missing or too many. */
import { expect, test } from 'vitest';
import { credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import type { Session } from '../../src/target/session.ts';
import { memberIsAdmin, whyUnfit } from '../../src/target/unfit-identity.ts';
import type { JsonObject } from '../../src/json.ts';

function session(more: Partial<Session>): Session {
  return {
    identity: 'any',
    headers: async () => [],
    endpoint: () => undefined,
    describeMissing: () => ({ reason: '', remedy: '' }),
    isGood: async () => undefined,
    renewable: true,
    discard: () => undefined,
    projectId: 'p1',
    projectName: 'demo',
    userId: 'u1',
    userName: 'ada',
    roles: ['reader'],
    ...more,
  };
}

const credentials = (more: JsonObject = {}) =>
  credentialsFromCloud('cloud it', { auth: { auth_url: 'http://k.test', username: 'a', password: 'b', ...more } });

const rows: readonly (readonly [string, string, Partial<Session>, JsonObject, string | undefined])[] = [
  ['a reader of the same project', 'reader', {}, {}, undefined],
  ['a reader who is a member as well', 'reader', { roles: ['reader', 'Member'] }, {}, 'has the role member'],
  ['a reader of another project', 'reader', { projectId: 'p2', projectName: 'far' }, {}, 'is in the project far'],
  ['a member of another project', 'other', { projectId: 'p2', roles: ['member'] }, {}, undefined],
  [
    'a member of the same project as another one',
    'other',
    { roles: ['member'] },
    {},
    'is in the project of the member',
  ],
  ['an administrator', 'admin', { projectId: 'p2', roles: ['ADMIN'] }, {}, undefined],
  [
    'an administrator without the role',
    'admin',
    { roles: ['member'] },
    {},
    'does not have the role admin; it has member',
  ],
  [
    'an administrator of the system',
    'admin',
    { projectId: undefined },
    { system_scope: 'all' },
    'for the whole system',
  ],
  ['an administrator of a domain', 'admin', { projectId: undefined }, { domain_name: 'd' }, 'is for a domain'],
  ['a token without scope', 'member', { projectId: undefined }, {}, 'is without any scope'],
  ['a service user', 'service', { projectId: 'p3', roles: ['service'] }, {}, undefined],
  ['a service user without the role', 'service', { roles: [] }, {}, 'does not have the role service; it has none'],
  ['somebody whom no Keystone knows', 'admin', { userId: undefined, projectId: undefined, roles: [] }, {}, undefined],
];

test.each(rows)('%s', (_, role, more, auth, says) => {
  const unfit = whyUnfit(
    role,
    { session: session(more), credentials: credentials(auth) },
    session({ roles: ['member'] }),
  );
  if (says === undefined) expect(unfit).toBeUndefined();
  else expect(unfit?.reason).toContain(says);
});

test('a member with the role admin is doubtful', () => {
  const of = (roles: readonly string[]) => memberIsAdmin({ session: session({ roles }), credentials: credentials() });
  expect(of(['member', 'admin'])?.reason).toContain('The member (cloud it) has the role admin');
  expect(of(['member'])).toBeUndefined();
});
