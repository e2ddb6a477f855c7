/**
 * Every command of the documents and of the templates for CI systems, executed as it stands there, by a shell, against
 * the embedded cloud. What is only read is listed, with the place where it is really run.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verbNames } from '../../cli/verbs/index.ts';
import { ciScripts } from '../ci/scripts.ts';
import { temporaryFolder } from '../cli/run-child.ts';
import { callsIn } from './command-lines.ts';
import { commandsOf, pages, root, textOf, type PageCommand } from './commands.ts';
import { elsewhere, endings, filesOf, isReadOnly, narrowing, scriptOf } from './executions.ts';
import { makeFiles, makeRuns, startClouds, type Clouds } from './things.ts';
import { makeWorkplace, type Played, type PlayOptions, type Workplace } from './workplace.ts';

const shown = pages.flatMap((page) => commandsOf(page, verbNames));
const isFirst = ({ line }: PageCommand, at: number): boolean => shown.findIndex((one) => one.line === line) === at;
const commands = shown.filter(isFirst);

interface Step {
  readonly page: string;
  readonly line: string;
  readonly script: string;
  readonly options: PlayOptions;
}

const upstream = join(root, '../shared/reference/nova-2026-08');
const upstreamIsHere = existsSync(upstream);
/** Says what nothing of ours can stand for: the tree that the imported facts were taken from. */
const needsUpstream = (line: string): boolean => line.includes('reference import DIR');

const steps: readonly Step[] = [
  ...commands
    .filter(({ line }) => !isReadOnly(line))
    .map((command) => ({
      ...command,
      script: needsUpstream(command.line) ? command.line.replace('DIR', `'${upstream}'`) : scriptOf(command),
      options: {
        within: command.page.startsWith('examples/') ? 'examples/acme' : '.',
        ...(command.line.endsWith(' simulator') ? { until: '--os-cloud sim-demo' } : {}),
      },
    })),
  ...Object.values(ciScripts)
    .flat()
    // Of shards one; the others are there, made by the same command.
    .filter(({ part = '2', line }) => part === '2' && !isReadOnly(line))
    .map(({ page, line, env }) => ({ page, line, script: line, options: { env, within: `work/${page}` } })),
];

const canBeTried = ({ line }: Step): boolean => upstreamIsHere || !needsUpstream(line);

let clouds: Clouds;
const places: Workplace[] = [];
const ends = new Map<Step, Played>();

beforeAll(async () => {
  clouds = await startClouds();
  for (const folder of [temporaryFolder(), temporaryFolder()]) {
    const place = makeWorkplace(folder, clouds.file, narrowing);
    makeFiles(place);
    for (const page of pages) for (const [name, text] of filesOf(page)) writeFileSync(join(place.clone, name), text);
    for (const page of Object.keys(ciScripts)) mkdirSync(join(place.clone, 'work', page), { recursive: true });
    places.push(place);
  }
  await makeRuns(places);
  const waiting = [...new Set(steps.map(({ page }) => page))];
  const work = async (place: Workplace): Promise<void> => {
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) await playPage(place, page);
  };
  await Promise.all(places.map(work));
}, 1_200_000);
afterAll(async () => {
  for (const simulator of clouds.simulators) await simulator.close();
});

/** One after the other, as a reader would. */
async function playPage(place: Workplace, page: string): Promise<void> {
  for (const step of steps.filter((one) => one.page === page && canBeTried(one))) {
    ends.set(step, await place.play(step.script, step.options));
  }
}

test.each(steps.filter(canBeTried))('$page, executed: $line', (step) => {
  const played = ends.get(step);
  const [, code = 0] = endings.find(([line]) => step.line.startsWith(line)) ?? [];
  expect(played?.code, `${played?.stdout}\n${played?.stderr}`).toBe(code);
  expect(played?.stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  if (callsIn(step.script).length > 0) expect(played?.calls.length).toBeGreaterThan(0);
});

const untried = steps.filter((step) => !canBeTried(step));
test.skipIf(untried.length === 0).each(untried.length === 0 ? [] : untried)(
  '$page, skipped, for ../shared/reference is not here: $line',
  () => undefined,
);

test('what is only read is few, is in a document, and is really run where it is said', () => {
  expect(elsewhere.length).toBeLessThan(25);
  const shownLines = new Set([...commands, ...Object.values(ciScripts).flat()].map(({ line }) => line));
  expect(elsewhere.map(({ line }) => line).filter((line) => !shownLines.has(line))).toEqual([]);
  for (const { where } of elsewhere.filter(({ where }) => 'file' in where)) {
    if ('file' in where) expect(readFileSync(join(root, where.file), 'utf8')).toContain(where.says);
  }
});

test('every other ending than 0 is that of a command', () => {
  expect(endings.filter(([line]) => !steps.some((step) => step.line.startsWith(line)))).toEqual([]);
});

test('nothing that is generated was changed by writing it again', () => {
  for (const file of ['suites/CLAUSES.md', 'suites/clauses.lock.json', 'schemas/compute/COVERAGE.md']) {
    for (const { clone } of places) expect(readFileSync(join(clone, file), 'utf8')).toBe(textOf(file));
  }
});

test('the completion is in the file that the shell reads', () => {
  const written = places.map(({ home }) => join(home, '.bashrc')).filter(existsSync);
  expect(written.map((file) => readFileSync(file, 'utf8')).join('')).toContain('_openstack_conformance');
});
