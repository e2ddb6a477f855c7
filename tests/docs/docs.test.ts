/**
 * Every command in README and docs: those of a block after `<!-- run -->` are executed against the embedded cloud, the
 * others are held to the command tree.
 */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { allVerbs } from '../../cli/verbs/index.ts';
import { runCli, temporaryFolder } from '../cli/run-child.ts';
import { callsIn, refusalOf } from './command-lines.ts';

const verbs = await allVerbs();

const root = join(import.meta.dirname, '../..');
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

const calls = pages.flatMap((page) => callsIn(textOf(page)).map((call) => ({ page, call, line: call.join(' ') })));

test('finds the commands of README and docs', () => {
  expect(calls.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(15);
  expect(calls.filter(({ page }) => page !== 'README.md').length).toBeGreaterThan(15);
});

test.each(calls)('$page: $line', ({ call }) => {
  expect(refusalOf(verbs, call)).toBeUndefined();
});

test.each([
  [['runn'], 'there is no verb runn'],
  [['run', '--inclood', 'x'], 'run has no option --inclood'],
  [['run', '--include'], "option '--include <glob>' argument missing"],
  [['diff', 'a'], 'diff does not take 1 arguments'],
])('would refuse %j', (call, told) => {
  expect(refusalOf(verbs, call)).toContain(told);
});

test('every npm script that they name exists', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = pages.flatMap((page) => [...textOf(page).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('every link between them leads somewhere', () => {
  const links = pages.flatMap((page) =>
    [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to = '']) => join(dirname(page), to)),
  );
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

const folder = temporaryFolder();
beforeAll(() => {
  // Beside the package, as in a clone: the example finds the package that it builds on.
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
});

const executed = pages.flatMap((page) =>
  [...textOf(page).matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    callsIn(block).map((call) => ({ page, call, line: call.join(' ') })),
  ),
);

test.each(executed)('$page, executed: $line', async ({ call }) => {
  const args = call.map((word) => (word.startsWith('examples/') ? join(root, word) : word));
  const { code, stderr } = await runCli(args, folder);
  expect(code, stderr).toBe(0);
});
