/** The contract of a service in this package: its head, and the requested operations. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { operationsIn, readContract } from '../src/contract/contract-file.ts';
import type { DraftContract } from '../src/contract/draft.ts';
import type { OperationId } from '../src/contract/model.ts';
import { contractFile } from '../src/schema/schema-files.ts';
import { defaultService } from '../suites/services.ts';
import { packageRoot } from './package-root.ts';

export interface OwnContract {
  readonly draft: DraftContract;
  /** The file of the head, then of each operation. Missing in an installed package, which has one archive instead. */
  readonly files?: readonly string[];
  /** All operations of the service, including those that were not requested. */
  readonly listed: readonly OperationId[];
}

/** @throws ContractFileError */
export function ownContract(wanted: (id: OperationId) => boolean, service: string): OwnContract {
  const folder = join(packageRoot, 'schemas');
  const head = `${service}/contract.json`;
  const isCommitted = existsSync(join(folder, head));
  const textOf = isCommitted ? (path: string): string => readFileSync(join(folder, path), 'utf8') : packed(service);
  const listed = operationsIn(textOf(head));
  const paths = [head, ...listed.filter(wanted).map(contractFile)];
  const [headText = '', ...texts] = paths.map(textOf);
  const files = isCommitted ? { files: paths.map((path) => join(folder, path)) } : {};
  return { draft: readContract(headText, ...texts), ...files, listed };
}

/** The types of the services whose contracts are in this package, the one that commands are about by default first. */
export function ownServices(): readonly string[] {
  const schemas = join(packageRoot, 'schemas');
  const isCommitted = existsSync(schemas);
  const found = isCommitted
    ? readdirSync(schemas).filter((name) => existsSync(join(schemas, name, 'contract.json')))
    : readdirSync(join(packageRoot, 'dist/contract')).flatMap((name) => /^(.+)\.json\.gz$/.exec(name)?.[1] ?? []);
  return [...found].sort((a, b) => Number(b === defaultService) - Number(a === defaultService) || (a < b ? -1 : 1));
}

/** Reads the archive that `packaging/pack-contract.mjs` writes: texts by their path under `schemas/`. */
function packed(service: string): (path: string) => string {
  const archive = gunzipSync(readFileSync(join(packageRoot, 'dist/contract', `${service}.json.gz`)));
  const texts = JSON.parse(archive.toString('utf8')) as Readonly<Record<string, string>>;
  return (path) => texts[path] ?? '';
}
