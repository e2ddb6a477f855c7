/** Reads all that an account of the clauses needs: contract, clauses, the list of what is not tested, the lock. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../src/accounting/check.ts';
import { emptyLock, readLock, type Lock } from '../../src/accounting/lock.ts';
import { readUntested } from '../../src/accounting/untested.ts';
import type { Clause } from '../../src/conformance/clause.ts';
import { operationsIn, suiteClauses, type Suite } from '../../src/conformance/suite.ts';
import type { Contract, OperationId } from '../../src/contract/model.ts';
import { findOperation } from '../../src/contract/questions.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { allClauses, triedOperations } from '../../suites/index.ts';
import { chosenContract, type ReferenceOptions } from '../chosen-contract.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

export const files = {
  untested: 'suites/untested.yaml',
  lock: 'suites/clauses.lock.json',
  index: 'suites/CLAUSES.md',
} as const;

export interface OpenAccount {
  readonly ledger: Ledger;
  readonly suites: readonly Suite[];
  /** Their clauses. */
  readonly guests: readonly Clause[];
  /** Of the list of what is not tested. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of another reference than that of the specs: the lock and the index do not speak of it. */
  readonly isOther: boolean;
  readonly contractText: string;
  /** Where it stands; missing when it was made just now. */
  readonly contractFiles?: readonly string[];
  /** All operations of the service, also those that the contract leaves out. */
  readonly listed: readonly OperationId[];
}

/** @throws UsageError */
export function openAccount(
  options: ReferenceOptions,
  besides: (id: OperationId) => boolean = () => false,
  suites: readonly Suite[] = [],
): OpenAccount {
  const wanted = new Set(suites.flatMap(operationsIn));
  const chosen = chosenContract(options, (id) => wanted.has(id) || besides(id));
  const { contract, text, files: contractFiles, listed, isOther, specs } = chosen;
  const { entries, diagnostics } = readUntested(ownText(files.untested), files.untested);
  const ledger: Ledger = {
    contract,
    clauses: ownClauses(contract, isOther, besides),
    untested: entries,
    lock: isOther ? emptyLock : ownLock(),
    places: { specs, untested: files.untested, lock: files.lock },
    today: new Date().toISOString().slice(0, 10),
  };
  const guests = suites.flatMap((suite) => guestsOf(suite, contract));
  return {
    ledger,
    suites,
    guests,
    diagnostics,
    isOther,
    contractText: text,
    listed,
    ...(contractFiles && { contractFiles }),
  };
}

/** What only the suites of others call is theirs to decide. */
function ownClauses(contract: Contract, isOther: boolean, besides: (id: OperationId) => boolean): readonly Clause[] {
  return allClauses(contract).filter(({ operation: id }) => isOther || triedOperations.has(id) || besides(id));
}

/** @throws UsageError */
function guestsOf(suite: Suite, contract: Contract): readonly Clause[] {
  const unknown = operationsIn(suite).find((id) => !findOperation(contract, id));
  if (unknown === undefined) return suiteClauses(suite, contract);
  throw new UsageError(`The suite ${suite.name} speaks of ${unknown}, which the reference does not have.`);
}

/** Empty when there is no such file. */
export function ownText(file: string): string {
  const path = join(packageRoot, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function ownLock(): Lock {
  const text = ownText(files.lock);
  if (text === '') return emptyLock;
  const lock = readLock(text);
  if (lock) return lock;
  throw new UsageError(`${files.lock} is no lock of clauses; restore it from the repository.`);
}
