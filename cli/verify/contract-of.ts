/** The contract that a run names, and its clauses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../src/conformance/clause.ts';
import { readContract } from '../../src/contract/contract-file.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { Journal } from '../../src/report/journal.ts';
import { allClauses } from '../../suites/index.ts';
import { packageRoot } from '../package-root.ts';
import { sha256 } from '../run/seal-folder.ts';

export interface KnownContract {
  readonly contract: Contract;
  readonly clauses: readonly Clause[];
  readonly told: string;
}

/** `any`: also one that only the folder has. */
export function contractOf(
  folder: string,
  { header }: Journal,
  any: boolean,
): KnownContract | { readonly refused: string } {
  const { digest, origin } = header.contract;
  const own = readFileSync(join(packageRoot, 'schemas/compute/contract.json'), 'utf8');
  if (sha256(own) === digest)
    return known(own, `The contract is that of this package: ${origin.title}, ${origin.revision}.`);
  const kept = join(folder, 'contract.json');
  const other = existsSync(kept) ? readFileSync(kept, 'utf8') : undefined;
  if (other === undefined || sha256(other) !== digest) {
    return {
      refused: `The run was held to a contract (SHA-256 ${digest}) that neither this package nor the folder has; verify it with ${header.tool.name} ${header.tool.version}.`,
    };
  }
  if (!any)
    return {
      refused: `The run was held to a contract of its own (${origin.title}, ${origin.revision}), not to that of this package; add --any-contract to take it.`,
    };
  return known(other, `The contract is the run's own: ${origin.title}, ${origin.revision}.`);
}

function known(text: string, told: string): KnownContract {
  const contract = readContract(text);
  return { contract, clauses: allClauses(contract), told };
}
