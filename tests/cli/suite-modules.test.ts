/** Modules with a suite or a reporter, and the one-sentence error for each mistake. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadReporter } from '../../cli/extension-suites/load-reporter.ts';
import { loadSuites } from '../../cli/extension-suites/load-suites.ts';
import type { RunRecord } from '../../src/report/record.ts';
import { temporaryFolder } from './run-child.ts';

const folder = temporaryFolder();
let count = 0;

function moduleWith(text: string): string {
  count += 1;
  const file = join(folder, `module-${count}.mjs`);
  writeFileSync(file, text);
  return file;
}

const source = "source: { file: 'P.md', section: 'S', line: 1 }";
const whole = `id: 'acme/compute/attach-volume#a', statement: 'It MUST hold.', ${source}, check: async () => []`;
const suiteOf = (clause: string): string => `export default { name: 'acme', clauses: [{ ${clause} }] };`;

const suiteWithChange = (change: string): string =>
  `export default { name: 'acme', clauses: [{ ${whole} }], changes: { compute: [{ ${change} }] } };`;

/** As defineResourceType returns it. */
const madeType = (type: string, more = ''): string =>
  `{ type: '${type}', remove() {}, find() {}, list() {}, create() {}, changes: {}, ${more} }`;
const suiteWithTypes = (type: string): string =>
  `export default { name: 'acme', clauses: [{ ${whole} }], resourceTypes: [${type}] };`;

test('reads a suite', async () => {
  const [suite] = await loadSuites([moduleWith(suiteOf(whole))]);
  expect(suite?.name).toBe('acme');
});

const mistakes: readonly (readonly [what: string, text: string, expected: string])[] = [
  ['that throws', "throw new Error('no licence\\nat all');", 'cannot be loaded: Error: no licence'],
  ['that is not JavaScript', 'export default {', 'cannot be loaded: '],
  ['that imports a missing package', "import 'left-pad-of-acme';", "Cannot find package 'left-pad-of-acme'"],
  ['without a default export', 'export const a = 1;', 'does not export a suite; write export default'],
  ['without a name', 'export default { clauses: [] };', 'names its suite without a name'],
  ['with an odd name', "export default { name: 'Acme!' };", 'names its suite "Acme!"'],
  ['with a reserved name', "export default { name: 'compute' };", 'which is reserved for our own clauses'],
  ['with nothing in it', "export default { name: 'acme' };", 'has neither clauses nor recipes'],
  ['with a reserved id', suiteOf(whole.replace('acme/', '')), 'write acme/, an operation and a name'],
  ['with an id twice', `export default { name: 'acme', clauses: [{ ${whole} }, { ${whole} }] };`, 'twice'],
  ['without MUST', suiteOf(whole.replace('MUST', 'must')), 'not a sentence with MUST, SHOULD or MAY'],
  ['without a check', suiteOf(whole.replace('check:', 'cheque:')), 'without a check'],
  ['without a source', suiteOf(whole.replace('source:', 'sauce:')), 'without a source'],
  ['with an odd range', suiteOf(`${whole}, range: 'new'`), 'with the range "new"'],
  ['with an odd identity', suiteOf(`${whole}, identities: ['root']`), 'with unknown identities; use member'],
  [
    'with a malformed change',
    suiteWithChange("call: 'flavors'"),
    'has changes of compute that are not a list of { call:',
  ],
  [
    'that declares an existing change',
    suiteWithChange("call: 'DELETE /servers/{id}', refers: {}, values: ['path id']"),
    'The change DELETE /servers/{} of compute is declared twice',
  ],
  [
    'that does not declare a name of a path',
    suiteWithChange("call: 'DELETE /flavors/{flavor_id}', refers: {}"),
    "Add 'path flavor_id' to refers or values",
  ],
  ['with a resource type of its own making', suiteWithTypes('{ type: "key" }'), 'not made by defineResourceType'],
  ['with a resource type that exists', suiteWithTypes(madeType('server')), 'server, which exists already'],
  ['with an odd resource type', suiteWithTypes(madeType('Key!')), 'use lower-case letters, digits and dashes'],
  [
    'with a capacity that is no number',
    suiteWithTypes(madeType('key', "capacity: { limit: 'many', ofOneCase: 1 }")),
    'a capacity that is not { limit: 10, ofOneCase: 2 }',
  ],
  [
    'with a resource type whose creation is declared',
    suiteWithTypes(madeType('key', 'changes: { compute: [{ call: "POST /servers", refers: {} }] }')),
    'The change POST /servers of compute is declared twice',
  ],
  [
    'with half a recipe',
    "export default { name: 'acme', recipes: { 'compute/attach-volume': { as: 'member' } } };",
    'has a recipe of compute/attach-volume that is not { as, capabilities, accepted, refused }',
  ],
];

test.each(mistakes)('reports a suite %s with one sentence', async (_, text, expected) => {
  const message = await loadSuites([moduleWith(text)]).then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );
  expect(message).toContain(expected);
  expect(message.split('\n')).toHaveLength(1);
});

test('reports a missing file, and two suites with the same name', async () => {
  const file = moduleWith(suiteOf(whole));
  await expect(loadSuites(['no-such.mjs'])).rejects.toThrow('--suite no-such.mjs: there is no such file.');
  await expect(loadSuites([file, moduleWith(suiteOf(whole))])).rejects.toThrow('which is the name of another suite');
});

test.each([
  ['that is missing', 'export default 1;', 'does not export a reporter'],
  [
    'with the name of a file of the run folder',
    "export default { id: 'journal', render: () => [] };",
    'has the id "journal"',
  ],
])('reports a reporter %s', async (_, text, expected) => {
  await expect(loadReporter(moduleWith(text))).rejects.toThrow(expected);
});

const record = {} as RunRecord;

test.each([
  ['breaks', "() => { throw new Error('no'); }"],
  ['writes over another file', "() => [{ path: 'report.json', text: '' }]"],
  ['leaves the run folder', "() => [{ path: 'mine/../../a', text: '' }]"],
  ['returns something else', '() => 5'],
])('writes nothing for a reporter that %s', async (_, render) => {
  const reporter = await loadReporter(moduleWith(`export default { id: 'mine', summary: '', render: ${render} };`));
  expect(reporter.render(record)).toEqual([]);
});
