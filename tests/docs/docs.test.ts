/** Every command in README and docs is held to the command tree; `executed.test.ts` executes them. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { allVerbs } from '../../cli/verbs/index.ts';
import { callsIn, refusalOf } from './command-lines.ts';
import { commandsOf, pages, root, textOf } from './commands.ts';

const verbs = await allVerbs();
const commands = pages.flatMap((page) =>
  commandsOf(
    page,
    verbs.map((verb) => verb.name()),
  ),
);
const calls = commands.flatMap(({ page, line }) => callsIn(line).map((call) => ({ page, call, line: call.join(' ') })));

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

test('every option that they name is one of a verb, or of a tool beside ours', () => {
  const ours = verbs
    .flatMap((verb) => [verb, ...verb.commands])
    .flatMap(({ options }) => options.map(({ long }) => long));
  const beside = [
    '--',
    '--yes',
    '--fresh',
    '--suite',
    '--root',
    '--offset',
    '--computes',
    '--help',
    '--only',
    '--without-proof',
  ];
  const known = new Set<string | undefined | null>([...ours, ...beside]);
  const named = pages.flatMap((page) =>
    [...textOf(page).matchAll(/(?<=`[^`\n]*)--[a-z][a-z-]*(?=[^`\n]*`)/g)].map(String),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
