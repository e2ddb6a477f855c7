/** The message about a leak is safe to print and to type, whatever its name. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { leakOf, leftBehind } from '../../src/report/leak.ts';

const kind = {
  type: 'server',
  removalOrder: 1,
  remove: async () => true,
  find: async () => [],
  list: async () => ({ is: 'listed' as const, things: [] }),
  command: 'server delete',
};

const ids = [
  ['5e9c8c1e-8b0f-4f0e-9f53-6b0d2e3a7c11', '5e9c8c1e-8b0f-4f0e-9f53-6b0d2e3a7c11'],
  ['x; rm -rf "$HOME"', `'x; rm -rf "$HOME"'`],
  ["it's", String.raw`'it'\''s'`],
  ['-all', '-- -all'],
] as const;

test.each(ids)('the id %s is one word of the command', (id, words) => {
  const leak = leakOf({ type: 'server', id, name: 'osc-000000-server-1' }, [kind], {});
  const command = `openstack server delete ${words}`;
  expect(leak).toEqual({ type: 'server', id, name: 'osc-000000-server-1', command });
  const script = `openstack() { printf '<%s>' "$@"; }; ${command}`;
  const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(printed).toBe(`<server><delete>${id.startsWith('-') ? '<-->' : ''}<${id}>`);
});

test('the command is for the identity that created it', () => {
  const owned = { type: 'server', id: 'a1', name: 'osc-000000-server-1', identity: 'other' as const };
  const clients = {
    member: { options: ['--os-cloud', 'mine'] },
    other: {
      options: ['--os-cloud', "it's theirs", '--os-region-name', 'south'],
      variables: ['OS_CLIENT_CONFIG_FILE'],
    },
  };
  const leak = leakOf(owned, [kind], clients);
  expect(leftBehind(leak)).toBe(
    String.raw`Left behind: server a1, with OS_CLIENT_CONFIG_FILE set as in the run; remove it with: openstack --os-cloud 'it'\''s theirs' --os-region-name south server delete a1`,
  );
  expect(leftBehind(leakOf({ ...owned, identity: 'member' }, [kind], clients))).toBe(
    'Left behind: server a1; remove it with: openstack --os-cloud mine server delete a1',
  );
});

test('an id with control characters moves no cursor', () => {
  const message = leftBehind(leakOf({ type: 'server', id: 'a\u001b[2Jb', name: 'n' }, [kind], {}));
  expect(message).toBe(
    String.raw`Left behind: server a\x1b[2Jb; remove it with: openstack server delete "$(printf %b 'a\0033[2Jb')"`,
  );
});
