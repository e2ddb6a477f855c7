/** The message about a leak is safe to print and to type, whatever its name. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { leakOf, leftBehind } from '../../src/report/leak.ts';

const kind = {
  type: 'server',
  removalOrder: 1,
  takes: 'servers' as const,
  remove: async () => true,
  find: async () => [],
  list: async () => ({ is: 'listed' as const, things: [] }),
  command: (words: string) => `printf '<%s>' ${words}`,
};

const ids = [
  ['5e9c8c1e-8b0f-4f0e-9f53-6b0d2e3a7c11', "printf '<%s>' 5e9c8c1e-8b0f-4f0e-9f53-6b0d2e3a7c11"],
  ['x; rm -rf "$HOME"', `printf '<%s>' 'x; rm -rf "$HOME"'`],
  ["it's", String.raw`printf '<%s>' 'it'\''s'`],
  ['-all', "printf '<%s>' -- -all"],
] as const;

test.each(ids)('the id %s is one word of the command', (id, command) => {
  const leak = leakOf({ type: 'server', id, name: 'osc-000000-server-1' }, [kind]);
  expect(leak).toEqual({ type: 'server', id, name: 'osc-000000-server-1', command });
  if (!id.startsWith('-')) expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe(`<${id}>`);
});

test('an id with control characters moves no cursor', () => {
  const message = leftBehind(leakOf({ type: 'server', id: 'a\u001b[2Jb', name: 'n' }, [kind]));
  expect(message).toBe(
    String.raw`Left behind: server a\x1b[2Jb; remove it with: printf '<%s>' "$(printf %b 'a\0033[2Jb')"`,
  );
});
