/** The committed contract of a service: its head, and the operations that are asked for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationsIn, readContract } from '../src/contract/contract-file.ts';
import type { DraftContract } from '../src/contract/draft.ts';
import type { OperationId } from '../src/contract/model.ts';
import { contractFile } from '../src/schema/schema-files.ts';
import { packageRoot } from './package-root.ts';

export interface OwnContract {
  readonly draft: DraftContract;
  /** Where it stands: the head, then each operation. */
  readonly files: readonly string[];
  /** All operations of the service, also those that were not asked for. */
  readonly listed: readonly OperationId[];
}

/** @throws ContractFileError */
export function ownContract(wanted: (id: OperationId) => boolean, service = 'compute'): OwnContract {
  const head = join(packageRoot, 'schemas', service, 'contract.json');
  const text = readFileSync(head, 'utf8');
  const listed = operationsIn(text);
  const files = listed.filter(wanted).map((id) => join(packageRoot, 'schemas', contractFile(id)));
  const draft = readContract(text, ...files.map((file) => readFileSync(file, 'utf8')));
  return { draft, files: [head, ...files], listed };
}
