/** Which digests change with which edit: never fewer than results depend on, and of a large part of the program few. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import { derivedMutant, simulatorMutant, type Mutant } from '../../cli/mutation-test/plan-trials.ts';
import { readDependencies } from '../../cli/mutation-test/records/dependencies.ts';
import type { RequestForm } from '../../cli/mutation-test/records/requests.ts';
import type { Contract } from '../../src/contract/model.ts';
import { derivedFaults } from '../../src/mutation/derived/index.ts';
import { allClauses } from '../../suites/index.ts';
import { faults } from '../../targets/simulator/index.ts';
import type { Behaviour } from '../../targets/simulator/behaviour.ts';
import { temporaryFolder } from '../cli/run-child.ts';

const root = join(import.meta.dirname, '../..');
const [{ contract }] = (await chosenContracts({})).chosen;
const clauses = allClauses([contract]);
const mutants: readonly Mutant[] = [
  ...faults.map((fault) => simulatorMutant(fault, {} as Behaviour)),
  ...derivedFaults(contract).map((fault) => derivedMutant(fault, new Map())),
];

const ofAttachments: readonly RequestForm[] = [
  'POST /compute/v2.1/servers',
  'POST /compute/v2.1/servers/{}/os-volume_attachments',
  'GET /compute/v2.1/servers/{}/os-volume_attachments/{}',
  'DELETE /compute/v2.1/servers/{}/os-volume_attachments/{}',
  'PATCH /compute/v2.1/servers/{}/os-volume_attachments/{}',
];
const ofGroups: readonly RequestForm[] = [
  'POST /compute/v2.1/os-server-groups',
  'GET /compute/v2.1/os-server-groups/{}',
];

async function digestsOf(folder: string, of: Contract = contract): Promise<ReadonlyMap<string, string>> {
  const { common, groupOfClause, groupOfFault, ofClauses, ofFaults } = await readDependencies({
    contracts: [of],
    root: folder,
  });
  return new Map([
    ['all of attachments', common(ofAttachments)],
    ['all of server groups', common(ofGroups)],
    ...[...new Set(clauses.map(groupOfClause))].map((group) => [group, ofClauses(group, clauses)] as const),
    ...[...new Set(mutants.map(groupOfFault))].map((group) => [group, ofFaults(group, mutants)] as const),
  ]);
}

let copy: string;
let before: ReadonlyMap<string, string>;
beforeAll(async () => {
  copy = temporaryFolder();
  for (const name of ['cli', 'src', 'suites', 'targets']) {
    cpSync(join(root, 'dist', name), join(copy, 'dist', name), { recursive: true });
  }
  cpSync(join(root, 'package-lock.json'), join(copy, 'package-lock.json'));
  before = await digestsOf(copy);
});

function changesTo(after: ReadonlyMap<string, string>): readonly string[] {
  return [...before]
    .filter(([name, digest]) => after.get(name) !== digest)
    .map(([name]) => name)
    .sort();
}

async function changedBy(file: string, edit: (text: string) => string): Promise<readonly string[]> {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  expect(edit(text)).not.toBe(text);
  writeFileSync(path, edit(text));
  try {
    return changesTo(await digestsOf(copy));
  } finally {
    writeFileSync(path, text);
  }
}

const everything = ['all of attachments', 'all of server groups'];
const attachments = 'suites/compute/volume-attachments';

/** A changed compiled module, and what changes with it. */
const edits: readonly (readonly [file: string, expected: readonly string[]])[] = [
  [`${attachments}/detaching`, [`${attachments}/detaching`]],
  [
    'suites/compute/rules/odd-ids',
    [
      ...[
        ...[
          'consoles',
          'deletion',
          'fixed-addresses',
          'floating-addresses',
          'guest',
          'images',
          'lock',
          'power',
          'rebuilding',
          'rescue',
          'resizing',
          'security-groups',
          'shelving',
        ].map((name) => `server-actions/${name}`),
        ...[
          'instance-actions',
          'interfaces',
          'remote-consoles',
          'server-details',
          'server-groups',
          'server-metadata',
          'server-tags',
          'servers',
          'volume-attachments',
        ].map((name) => `${name}/operations`),
      ].map((module) => `suites/compute/rules/odd-ids on suites/compute/${module}`),
      ...[
        'instance-actions',
        'interfaces',
        'remote-consoles',
        'migrations',
        'server-actions',
        'server-details',
        'server-groups',
        'server-metadata',
        'server-tags',
        'servers',
      ].map((name) => `suites/compute/${name}/clauses`),
    ],
  ],
  ['targets/simulator/kernel/schedule', everything],
  ['src/execution/run-case', everything],
  ['src/mutation/derived/make', everything],
  ['cli/mutation-test/plan-trials', everything],
  ['suites/index', []],
  ['src/report/curl', []],
];

test.each(edits)('a change of %s changes %j', async (file, expected) => {
  expect(await changedBy(`dist/${file}.js`, (text) => `${text}export const added = 1;\n`)).toEqual(
    [...expected].sort(),
  );
});

const endpoints = [
  ['volume-attachments/detach', 'all of attachments', 'all of server groups'],
  ['server-groups/endpoints', 'all of server groups', 'all of attachments'],
] as const;

test.each(endpoints)(
  'a change of the endpoint %s changes %s and faults, not %s and no clauses',
  async (file, own, other) => {
    const changed = await changedBy(
      `dist/targets/simulator/compute/${file}.js`,
      (text) => `${text}export const added = 1;\n`,
    );
    expect(changed).toContain(own);
    expect(changed).not.toContain(other);
    expect(changed.filter((name) => name !== own && !name.startsWith('targets/simulator/'))).toEqual([]);
  },
);

test('a change of a module of faults changes faults only', async () => {
  const module = 'targets/simulator/compute/volume-attachments/defects/action-log';
  const changed = await changedBy(`dist/${module}.js`, (text) => `${text}export const added = 1;\n`);
  expect(changed).toContain(module);
  expect(changed.filter((name) => !name.startsWith('targets/simulator/'))).toEqual([]);
});

test('a changed declaration of operations changes all clauses on them, and no other resource', async () => {
  const changed = await changedBy(`dist/${attachments}/operations.js`, (text) => `${text}export const added = 1;\n`);
  const clauseGroups = [...before.keys()].filter((name) => /^(suites|clauses derived)/.test(name));
  expect(changed).toEqual(
    expect.arrayContaining(['all of attachments', ...clauseGroups.filter((name) => name.includes('attach'))]),
  );
  expect(changed).not.toContain('all of server groups');
});

test('the code that derives clauses changes all derived clauses', async () => {
  const changed = await changedBy('dist/src/clauses/derive/headers.js', (text) => `${text}export const added = 1;\n`);
  expect(changed).toEqual([...before.keys()].filter((name) => name.startsWith('clauses derived')).sort());
});

test('another version of a dependency changes everything, one of a tool of development nothing', async () => {
  const bump = (name: string) => (text: string) => {
    const lock = JSON.parse(text) as { packages: Record<string, { version: string }> };
    const entry = lock.packages[`node_modules/${name}`];
    if (entry) entry.version = '99.0.0';
    return JSON.stringify(lock);
  };
  expect(await changedBy('package-lock.json', bump('undici'))).toEqual(everything);
  expect(await changedBy('package-lock.json', bump('prettier'))).toEqual([]);
});

test('a changed operation of the contract changes its derived faults, and all results of clauses that call it', async () => {
  const operations = contract.operations.map((one) =>
    one.id === 'compute/detach-volume' ? { ...one, title: `${one.title} again` } : one,
  );
  const after = await digestsOf(copy, { ...contract, operations });
  expect(changesTo(after)).toEqual(['all of attachments', 'faults derived for compute/detach-volume']);
});

test('a request that a further endpoint answers changes what its resource depends on', async () => {
  const { common } = await readDependencies({ contracts: [contract], root: copy });
  expect(common(ofGroups)).toBe(common([...ofGroups].reverse()));
  expect(common([...ofGroups, 'GET /compute/v2.1/os-nothing'])).not.toBe(common(ofGroups));
});

test('every clause and every fault is found where it is written', async () => {
  const { groupOfClause, groupOfFault } = await readDependencies({ contracts: [contract], root: copy });
  const lost = [...clauses.map(groupOfClause), ...mutants.map(groupOfFault)].filter((group) =>
    ['suites/index', 'targets/simulator/faults'].some((name) => group === name || group.endsWith(` on ${name}`)),
  );
  expect(lost).toEqual([]);
});
