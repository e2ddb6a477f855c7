/** The package as a stranger gets it: what is in it, how large it is, and that it runs where nothing else is. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/run-child.ts';
import { installPacked, type PackedFile } from './packed.ts';

/** Bytes, unpacked, without dependencies. */
const most = 4_500_000;

const home = temporaryFolder();
let files: readonly PackedFile[] = [];
beforeAll(async () => {
  files = await installPacked(home);
});

const main = join(home, 'node_modules/openstack-conformance/dist/cli/main.js');

test('holds what runs, and what a run needs, and nothing else', () => {
  const tops = new Set(
    files.map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('dist/') ? 2 : 1)
        .join('/'),
    ),
  );
  expect([...tops].sort()).toEqual([
    'README.md',
    'action.yml',
    'ci',
    'dist/api',
    'dist/cli',
    'dist/contract',
    'dist/reporters',
    'dist/runner',
    'dist/src',
    'dist/suites',
    'dist/targets',
    'examples',
    'package.json',
    'reporters',
    'specs',
    'src',
    'suites',
    'targets',
  ]);
});

const unwanted: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['test data', /(^|\/)(tests?|fixtures|golden|__snapshots__)\/|\.snap$/],
  ['vitest files besides the one that runs the suites', /\.test\.(?!js$)|(?<!runner\/cases)\.test\.js$/],
  ['source maps', /\.map$/],
  ['sources', /(?<!\.d)\.ts$/],
  ['what the compiler keeps for itself', /tsbuildinfo/],
  ['results of runs', /^(runs|targets\/results)\//],
  ['what only the repository needs', /mutation\.txt|CLAUSES\.md|\.lock\.json/],
];

test.each(unwanted)('holds no %s', (_, pattern) => {
  const own = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/suites/compute/fixtures/'));
  expect(own.filter((path) => pattern.test(path))).toEqual([]);
});

test('is small', () => {
  expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(most);
});

test('names only files that it holds', () => {
  const held = new Set(files.map(({ path }) => `./${path}`));
  const { bin, exports: exported } = JSON.parse(
    readFileSync(join(home, 'node_modules/openstack-conformance/package.json'), 'utf8'),
  ) as { bin: Record<string, string>; exports: Record<string, string | Record<string, string>> };
  const named = [
    ...Object.values(bin).map((path) => `./${path}`),
    ...Object.values(exported).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one))),
  ];
  /** A pattern stands for every file that it matches. */
  const isHeld = (path: string): boolean => {
    const [start = '', end] = path.split('*');
    return end === undefined ? held.has(path) : [...held].some((one) => one.startsWith(start) && one.endsWith(end));
  };
  expect(named.filter((path) => !isHeld(path))).toEqual([]);
});

test('runs from an empty folder, and writes the run there', () => {
  const folder = join(home, 'empty');
  mkdirSync(folder);
  const args = [main, 'run', '--include', 'compute/detach-volume#answers-202', '--microversions', '2.1'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OS_|VITEST|NODE_ENV)/.test(name)));
  const ended = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
  expect(ended.stdout).toContain('passed: 0 of 1 clauses failed');
  expect(ended.status).toBe(0);
  expect(readdirSync(folder)).toEqual(['runs']);
  const [run = ''] = readdirSync(join(folder, 'runs'));
  expect(existsSync(join(folder, 'runs', run, 'report.html'))).toBe(true);
});
