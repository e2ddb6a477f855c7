/**
 * A TypeScript client generated from the document of all of Nova creates a server with metadata and migrates it, in code
 * that compiles strictly.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { microversion } from '../../src/microversion.ts';
import { openApiDocument } from '../../src/openapi/document.ts';
import { assembleAll } from '../assembly/compute-specs.ts';

const { contract } = assembleAll();
const folder = mkdtempSync(join(tmpdir(), 'osc-typed-'));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const wanted: readonly string[] = ['compute/create-server', 'compute/live-migrate-server', 'compute/reboot-server'];

const use = (version: string, networks: string, how: string): string => `
import { postServers, postServersServerIdAction } from './sdk.gen.ts';

const headers = { 'OpenStack-API-Version': 'compute ${version}' } as const;

export async function migrated(imageRef: string): Promise<void> {
  const body = { server: { name: 'web', flavorRef: '42', imageRef, metadata: { role: 'web', tier: '1' }${networks} } };
  const made = await postServers({ headers, body });
  const id: string | undefined = made.data?.server.id;
  if (id === undefined) return;
  await postServersServerIdAction({
    headers,
    path: { server_id: id },
    body: { 'os-migrateLive': { host: null, ${how} } },
  });
}
`;

test.each([
  [
    '2.1',
    `, networks: [{ uuid: '00000000-0000-4000-8000-000000000001' }]`,
    'block_migration: false, disk_over_commit: false',
  ],
  ['2.60', `, networks: 'auto'`, `block_migration: 'auto'`],
  ['2.89', `, networks: 'none'`, `block_migration: true`],
  ['2.104', `, networks: [{ uuid: '00000000-0000-4000-8000-000000000001' }]`, `block_migration: 'auto'`],
])('at %s', { timeout: 120_000 }, async (version, networks, how) => {
  const isWanted = ({ id }: { readonly id: string }): boolean => wanted.includes(id);
  const input = openApiDocument(contract, microversion(version), { isWanted });
  const output = join(folder, version);
  await createClient({ input, output, logs: { level: 'silent' } });
  const file = join(output, 'use.ts');
  writeFileSync(file, use(version, networks, how));
  expect(errorsIn(file)).toEqual([]);
  writeFileSync(file, use(version, networks, how).replace('host: null', 'host: 5'));
  expect(errorsIn(file)).not.toEqual([]);
});

/** Of the file itself: the code of the generator is its own affair. */
function errorsIn(file: string): readonly string[] {
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
  });
  const source = program.getSourceFile(file);
  return ts
    .getPreEmitDiagnostics(program, source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
