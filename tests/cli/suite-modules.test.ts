/** What a module with a suite or a reporter may look like, and the one sentence that each slip gets. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadReporter } from '../../cli/suite/load-reporter.ts';
import { loadSuites } from '../../cli/suite/load-suites.ts';
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

test('reads a suite', async () => {
  const [suite] = await loadSuites([moduleWith(suiteOf(whole))]);
  expect(suite?.name).toBe('acme');
});

const slips: readonly (readonly [what: string, text: string, told: string])[] = [
  ['that throws', "throw new Error('no licence\\nat all');", 'cannot be loaded: Error: no licence'],
  ['that is no JavaScript', 'export default {', 'cannot be loaded: '],
  ['that imports what is not there', "import 'left-pad-of-acme';", "Cannot find package 'left-pad-of-acme'"],
  ['without a default export', 'export const a = 1;', 'exports no suite; write export default'],
  ['without a name', 'export default { clauses: [] };', 'names its suite without a name'],
  ['with an odd name', "export default { name: 'Acme!' };", 'names its suite "Acme!"'],
  ['with a name of ours', "export default { name: 'compute' };", 'which begins the ids of our own clauses'],
  ['with nothing in it', "export default { name: 'acme' };", 'has neither clauses nor recipes'],
  ['with an id of ours', suiteOf(whole.replace('acme/', '')), 'write acme/, an operation and a name'],
  ['with an id twice', `export default { name: 'acme', clauses: [{ ${whole} }, { ${whole} }] };`, 'twice'],
  ['without MUST', suiteOf(whole.replace('MUST', 'must')), 'no sentence with MUST, SHOULD or MAY'],
  ['without a check', suiteOf(whole.replace('check:', 'cheque:')), 'without a check'],
  ['without a source', suiteOf(whole.replace('source:', 'sauce:')), 'without a source'],
  ['with an odd range', suiteOf(`${whole}, range: 'new'`), 'with the range "new"'],
  ['with an odd identity', suiteOf(`${whole}, identities: ['root']`), 'with identities that are none of member'],
  [
    'with a change of no form',
    suiteWithChange("call: 'flavors'"),
    'has changes of compute that are no list of { call:',
  ],
  [
    'that declares a change of ours',
    suiteWithChange("call: 'DELETE /servers/{id}', refers: {}, values: ['path id']"),
    'The change DELETE /servers/{} of compute is declared twice',
  ],
  [
    'that leaves a name of a path undeclared',
    suiteWithChange("call: 'DELETE /flavors/{flavor_id}', refers: {}"),
    "add 'path flavor_id' to refers or values",
  ],
  [
    'with half a recipe',
    "export default { name: 'acme', recipes: { 'compute/attach-volume': { as: 'member' } } };",
    'has a recipe of compute/attach-volume that is not { as, capabilities, accepted, refused }',
  ],
];

test.each(slips)('tells of a suite %s in one sentence', async (_, text, told) => {
  const message = await loadSuites([moduleWith(text)]).then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );
  expect(message).toContain(told);
  expect(message.split('\n')).toHaveLength(1);
});

test('tells of a file that is not there, and of two suites with one name', async () => {
  const file = moduleWith(suiteOf(whole));
  await expect(loadSuites(['no-such.mjs'])).rejects.toThrow('--suite no-such.mjs: there is no such file.');
  await expect(loadSuites([file, moduleWith(suiteOf(whole))])).rejects.toThrow('as another one does');
});

test.each([
  ['that is none', 'export default 1;', 'exports no reporter'],
  [
    'with a name that a run folder has',
    "export default { id: 'journal', render: () => [] };",
    'calls itself "journal"',
  ],
])('tells of a reporter %s', async (_, text, told) => {
  await expect(loadReporter(moduleWith(text))).rejects.toThrow(told);
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
