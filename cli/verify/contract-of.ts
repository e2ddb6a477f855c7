/** Finds the contract that a run names, and its clauses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUntested } from '../../src/accounting/untested.ts';
import { untestedClauses } from '../../src/accounting/untested-clauses.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { suiteClauses, type Suite } from '../../src/clauses/suite.ts';
import { readContract, writeContract } from '../../src/contract/contract-file.ts';
import { contractOf as cut } from '../../src/contract/cut-revisions.ts';
import type { Journal } from '../../src/report/journal.ts';
import { allClauses } from '../../suites/index.ts';
import { files, ownText } from '../clauses/open-account.ts';
import { ownContract } from '../own-contract.ts';
import { outlinedClauses } from '../run/outlined-clauses.ts';
import { sha256 } from '../run/seal-folder.ts';
import type { KnownContract } from './known-contract.ts';
import { selectedIn } from './selected-in.ts';

/** `any`: also accept a contract that only the folder has. */
export function contractOf(
  folder: string,
  { header }: Journal,
  any: boolean,
  suites: readonly Suite[] = [],
): KnownContract | { readonly refused: string } {
  const { digest, origin } = header.contract;
  const used = new Set(header.clauses.flatMap(({ suite }) => suite ?? []));
  const selected = selectedIn(header);
  const outlined = (clauses: readonly Clause[]): readonly Clause[] => outlinedClauses(clauses, selected, suites, used);
  const operations = new Set(header.operations);
  const { draft, listed } = ownContract((id) => operations.has(id));
  const own = writeContract(draft);
  if (sha256(own) === digest)
    return {
      ...known(own, outlined, suites, `The contract is that of this package: ${origin.title}, ${origin.revision}.`),
      listed: listed.length,
    };
  const kept = join(folder, 'contract.json');
  const other = existsSync(kept) ? readFileSync(kept, 'utf8') : undefined;
  if (other === undefined || sha256(other) !== digest) {
    return {
      refused: `The run was tested against a contract (SHA-256 ${digest}) that neither this package nor the folder has. Verify it with ${header.tool.name} ${header.tool.version}.`,
    };
  }
  if (!any)
    return {
      refused: `The run was tested against its own contract (${origin.title}, ${origin.revision}), not against that of this package. To accept it, pass --any-contract.`,
    };
  try {
    return known(other, undefined, suites, `The contract is the run's own: ${origin.title}, ${origin.revision}.`);
  } catch {
    return { refused: 'contract.json is not a contract that this package can read.' };
  }
}

/** For another reference, adds the clauses that stand for what nothing tests yet. `outlined`: for our own reference. */
function known(
  text: string,
  outlined: ((clauses: readonly Clause[]) => readonly Clause[]) | undefined,
  suites: readonly Suite[],
  confirmed: string,
): KnownContract {
  const contract = cut(readContract(text));
  const all = allClauses(contract);
  const clauses = outlined?.(all) ?? all;
  const extensionClauses = suites.flatMap((suite) => suiteClauses(suite, contract));
  const untested = readUntested(ownText(files.untested), files.untested).entries;
  const rest = outlined === undefined ? untestedClauses(contract, clauses, untested) : [];
  return {
    contract,
    clauses: [...clauses, ...rest],
    extensionClauses,
    untested,
    listed: contract.operations.length,
    confirmed,
  };
}
