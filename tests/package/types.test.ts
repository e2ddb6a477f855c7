/** The types of the package, for a stranger who compiles strictly and has declarations checked too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/run-child.ts';
import { installPacked } from './packed.ts';

const home = temporaryFolder();
beforeAll(async () => {
  await installPacked(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'stranger', type: 'module' }));
});

const module = (sentence: string): string => `
import { expectStatus, fixtures } from 'openstack-conformance';
import type { CheckContext, Reporter, Suite, SuiteClause } from 'openstack-conformance';
const clause: SuiteClause = {
  id: 'acme/compute/show-volume-attachment#answers',
  statement: '${sentence}',
  source: { file: 'PROMISES.md', section: 'Support', line: 1 },
  check: async (ctx: CheckContext) => {
    const [{ server, volume }] = await fixtures(ctx).readOnly();
    const path = { server_id: server.id, volume_id: volume.id };
    return expectStatus(await ctx.call('compute/show-volume-attachment', { path }), 200);
  },
};
export const suite: Suite = { name: 'acme', clauses: [clause], recipes: {} };
export const reporter: Reporter = {
  id: 'names',
  summary: 'the name of the run',
  render: ({ report }) => [{ path: 'names.txt', text: report.run.name }],
};
`;

test.each([
  ['accepts a suite and a reporter that conform to them', 'An attachment MUST be shown.', []],
  ['rejects a statement without MUST, SHOULD or MAY', 'An attachment is shown.', [2322]],
])('the compiler %s', (_, sentence, codes) => {
  const file = join(home, `${codes.length}.ts`);
  writeFileSync(file, module(sentence));
  const options: ts.CompilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true },
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, skipLibCheck: false, types: ['node'] },
    typeRoots: [join(home, 'node_modules/@types')],
  };
  const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
  expect(found.map(({ code }) => code)).toEqual(codes);
});
