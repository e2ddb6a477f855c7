/** The contract that a run names, and its clauses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUntested } from '../../src/accounting/untested.ts';
import { untestedClauses } from '../../src/accounting/untested-clauses.ts';
import { suiteClauses, type Suite } from '../../src/conformance/suite.ts';
import { readContract, writeContract } from '../../src/contract/contract-file.ts';
import { contractOf as cut } from '../../src/contract/cut-revisions.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { Journal } from '../../src/report/journal.ts';
import { allClauses, triedOperations } from '../../suites/index.ts';
import { files, ownText } from '../clauses/open-account.ts';
import { ownContract } from '../own-contract.ts';
import { sha256 } from '../run/seal-folder.ts';
import type { KnownContract } from './known-contract.ts';

/** `any`: also one that only the folder has. */
export function contractOf(
  folder: string,
  { header }: Journal,
  any: boolean,
  suites: readonly Suite[] = [],
): KnownContract | { readonly refused: string } {
  const { digest, origin } = header.contract;
  const decided = new Set(header.clauses.flatMap(({ suite, operation }) => (suite === undefined ? [operation] : [])));
  const isOurs = (id: OperationId): boolean => triedOperations.has(id) || decided.has(id);
  const operations = new Set(header.operations);
  const { draft, listed } = ownContract((id) => operations.has(id));
  const own = writeContract(draft);
  if (sha256(own) === digest)
    return {
      ...known(own, isOurs, suites, `The contract is that of this package: ${origin.title}, ${origin.revision}.`),
      listed: listed.length,
    };
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
  try {
    return known(other, undefined, suites, `The contract is the run's own: ${origin.title}, ${origin.revision}.`);
  } catch {
    return { refused: 'contract.json is no contract that this package can read.' };
  }
}

/**
 * What nothing tests yet of another reference has clauses of its own, as in the run. `isOurs`, for our own reference: what
 * only the suites of others call is theirs to decide.
 */
function known(
  text: string,
  isOurs: ((id: OperationId) => boolean) | undefined,
  suites: readonly Suite[],
  told: string,
): KnownContract {
  const contract = cut(readContract(text));
  const clauses = allClauses(contract).filter(({ operation: id }) => isOurs?.(id) ?? true);
  const guests = suites.flatMap((suite) => suiteClauses(suite, contract));
  const untested = readUntested(ownText(files.untested), files.untested).entries;
  const rest = isOurs === undefined ? untestedClauses(contract, clauses, untested) : [];
  return { contract, clauses: [...clauses, ...rest], guests, untested, listed: contract.operations.length, told };
}
