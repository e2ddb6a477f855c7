/** How the commands of the documents are executed: what their words stand for, what keeps them short, how they end. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, textOf, type PageCommand } from './commands.ts';
import type { Narrowing } from './workplace.ts';

export const aCase = 'compute/detach-volume#answers-202@2.1';
const oneClause = ['--include', 'compute/detach-volume#answers-202', '--microversions', '2.1'];
const twoClauses = ['answers-202', 'refuses-a-volume-that-is-not-attached'].flatMap((name) => [
  '--include',
  `compute/detach-volume#${name}`,
]);
const someCases = ['answers-202', 'refuses-a-second-detach', 'refuses-a-volume-that-is-not-attached'].flatMap(
  (name) => ['--include', `compute/detach-volume#${name}`],
);
const oneTrial = ['--clause', 'compute/show-volume-attachment#reply-has-volume-id', '--named'];

/** Whole runs and proofs take minutes; they are those of `.ci/run`. The first that fits a call is added to it. */
export const narrowing: Narrowing = [
  // Compared with a run of these two.
  ['^run (?=.*(--baseline last-release|--output build$))', [...twoClauses, '--microversions', '2.1']],
  ['^run .*--include compute/list-', ['--microversions', '2.1', ...excluded()]],
  ['^run .*--include acme/\\*$', ['--include', 'compute/detach-volume#answers-202', '--microversions', 'latest']],
  ['^run (?=.*--shard)', [...someCases, '--microversions', '2.1', '--os-cloud', 'ci']],
  ['^run --failed-in', ['--os-cloud', 'faulty']],
  ['^run(?!.*--(include|failed-in)).* ?', oneClause],
  ['^mutation-test(?!.*--(clause|fault))', [...oneTrial, '--fault', 'derived:drops-member:compute/show-*']],
  ['^mutation-test(?!.*--clause)', oneTrial],
  // What an Acme has, and the embedded cloud has not.
  ['^doctor --target target.yaml', ['--flavor', 'm1.nano', '--volume-type', 'multiattach']],
];

/** Of all that lists, leaves key pairs: the embedded cloud has few operations besides those on volume attachments. */
function excluded(): readonly string[] {
  const lists = readdirSync(join(root, 'schemas/compute/contract')).filter((name) => name.startsWith('list-'));
  const letters = new Set(lists.map((name) => name.charAt('list-'.length)));
  letters.delete('k');
  return [...letters].flatMap((letter) => ['--exclude', `compute/list-${letter}*`]);
}

/** What a reader would put in its place. Anything else that is written in capitals is made, with that very name. */
const words: readonly (readonly [word: RegExp, instead: string])[] = [
  [/(?<=--reader )CLOUD/, 'sim-demo-reader'],
  [/(?<=--other )CLOUD/, 'sim-alt'],
  [/(?<=--admin )CLOUD/, 'sim-admin'],
  [/(?<=--service )CLOUD/, 'sim-demo-service'],
  // One that has something to run again.
  [/(?<=--failed-in )RUN/, 'B'],
  [/\bCASE\b/, `'${aCase}'`],
  [/\bGLOB\b/, "'compute/detach-volume#*'"],
];

export function scriptOf({ line }: PageCommand): string {
  return words.reduce((text, [word, instead]) => text.replace(word, instead), line);
}

/** What a command ends with, where that is not 0; the first words of its line. */
export const endings: readonly (readonly [line: string, code: number, because: string])[] = [
  [
    "npx openstack-conformance run --os-cloud CLOUD --include 'compute/list-*'",
    1,
    'the cloud there lacks most operations besides those on volume attachments, and is not said to',
  ],
  ['npx openstack-conformance doctor --os-cloud CLOUD', 2, 'a member alone can decide a part'],
  ['npx openstack-conformance doctor --os-cloud acme', 2, 'a member and an administrator can decide a part'],
  ['npx openstack-conformance doctor --target target.yaml', 2, 'nobody there has the service role'],
  ['npx openstack-conformance run --failed-in RUN', 1, 'the cloud is still as it was'],
  ['npx openstack-conformance diff A B --fail-on regression', 1, 'what held in A does not hold in B'],
  ['npx openstack-conformance diff before after --fail-on regression', 1, 'the same two runs'],
];

interface Elsewhere {
  readonly line: string;
  /** Where it is really run: a file, and what stands there; or the reason why that is nowhere. */
  readonly where: { readonly file: string; readonly says: string } | { readonly nowhere: string };
}

const ci = (says: string): Elsewhere['where'] => ({ file: '.ci/run', says });
const byHand = { nowhere: 'needs root, a network and minutes; targets/results holds what it came to' };

/** Whatever follows after `--` as well. */
export function isReadOnly(line: string): boolean {
  return elsewhere.some((one) => line === one.line || line.startsWith(`${one.line} -- `));
}

/** Commands that are only read here. */
export const elsewhere: readonly Elsewhere[] = [
  { line: 'npm ci && npm start', where: ci('npm start') },
  { line: 'npm ci && npm test', where: ci('npm test') },
  { line: 'npm ci', where: ci('npm ci') },
  { line: 'npm ci --prefix "$GITHUB_ACTION_PATH" --no-audit --no-fund', where: ci('npm ci') },
  { line: 'npm run accept', where: { nowhere: 'writes what is committed; its steps are those that `.ci/run` checks' } },
  { line: 'npm pack', where: { file: 'tests/package/packed.ts', says: "'pack'" } },
  {
    line: 'npm install --global ./openstack-conformance-0.1.0.tgz',
    where: { nowhere: 'changes the machine and needs a registry for the dependencies' },
  },
  { line: 'npm run build', where: { file: 'package.json', says: '"prepare": "npm run build"' } },
  { line: 'npm run types', where: ci('npm run --silent types') },
  { line: 'npm run lint', where: ci('npm run --silent lint') },
  { line: 'npm run check', where: ci('npm run --silent clauses:check') },
  { line: 'npm run mutation-test', where: { nowhere: 'writes what is committed; `mutation-test:check` compares it' } },
  { line: 'npm run mutation-test:check', where: ci('npm run --silent mutation-test:check') },
  {
    line: 'npx vitest run tests/architecture.test.ts',
    where: { file: 'vitest.config.ts', says: "include: ['tests/**/*.test.ts']" },
  },
  {
    line: 'npm run hostile',
    where: { nowhere: 'takes half an hour; targets/results/simulator/hostile.md is made by it' },
  },
  {
    line: 'npm run fronts',
    where: { nowhere: 'takes a quarter of an hour; it writes targets/results/simulator/fronts.md' },
  },
  {
    line: 'npm run bench',
    where: { nowhere: 'measures an idle machine for minutes; tests/bench holds its parts' },
  },
  { line: 'targets/openstack-aio/aio up', where: byHand },
  { line: 'targets/openstack-aio/aio run', where: byHand },
  { line: 'targets/openstack-aio/aio down', where: byHand },
];

/** The blocks of a page that are files of its reader: YAML that begins with a comment with the name. */
export function filesOf(page: string): readonly (readonly [name: string, text: string])[] {
  const blocks = [...textOf(page).matchAll(/^( *)```yaml\n\s*# ([\w.-]+)(?:[^\n]*)\n([\s\S]*?)```/gm)];
  return blocks.map(([, indent = '', name = '', text = '']) => [
    name,
    text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  ]);
}
