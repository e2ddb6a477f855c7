/** Reads all that an account of the clauses needs: contract, clauses, the list of what is not tested, the lock. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../src/accounting/check.ts';
import { emptyLock, readLock, type Lock } from '../../src/accounting/lock.ts';
import { readUntested } from '../../src/accounting/untested.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { allClauses } from '../../suites/index.ts';
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
export function openAccount(options: ReferenceOptions, besides?: (id: OperationId) => boolean): OpenAccount {
  const { contract, text, files: contractFiles, listed, isOther, specs } = chosenContract(options, besides);
  const { entries, diagnostics } = readUntested(ownText(files.untested), files.untested);
  const ledger: Ledger = {
    contract,
    clauses: allClauses(contract),
    untested: entries,
    lock: isOther ? emptyLock : ownLock(),
    places: { specs, untested: files.untested, lock: files.lock },
    today: new Date().toISOString().slice(0, 10),
  };
  return { ledger, diagnostics, isOther, contractText: text, listed, ...(contractFiles && { contractFiles }) };
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
