/** Loads contract, clauses, the list of what is not tested, and the lock of clause ids. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../src/spec-coverage/check.ts';
import { emptyLock, readLock, type Lock } from '../../src/spec-coverage/lock.ts';
import { readUntested } from '../../src/spec-coverage/untested.ts';
import type { Clause } from '../../src/clauses/clause.ts';
import { suiteClauses } from '../../src/clauses/extension-clauses.ts';
import { operationsIn, type Suite } from '../../src/clauses/extension-suite.ts';
import { operationIn, type Contracts } from '../../src/contract/contracts.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { allClauses, triedOperations } from '../../suites/index.ts';
import { chosenContracts, type ChosenContracts, type ReferenceOptions } from '../chosen-contract.ts';
import { UsageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

export const files = {
  untested: 'suites/untested.yaml',
  lock: 'suites/clauses.lock.json',
  index: 'suites/CLAUSES.md',
} as const;

export interface OpenClauses {
  readonly ledger: Ledger;
  readonly suites: readonly Suite[];
  /** Their clauses. */
  readonly extensionClauses: readonly Clause[];
  /** Diagnostics of the list of what is not tested. */
  readonly diagnostics: readonly Diagnostic[];
  /** For a reference other than that of `specs/`: lock and index do not apply to it. */
  readonly isOther: boolean;
  /** The contracts with their texts and files. */
  readonly chosen: ChosenContracts['chosen'];
  /** All operations of the services, also those that the contracts leave out. */
  readonly listed: readonly OperationId[];
}

/** @throws UsageError */
export async function openClauses(
  options: ReferenceOptions,
  isExtra: (id: OperationId) => boolean = () => false,
  suites: readonly Suite[] = [],
): Promise<OpenClauses> {
  const wanted = new Set(suites.flatMap(operationsIn));
  const { chosen, isOther } = await chosenContracts(options, (id) => wanted.has(id) || isExtra(id));
  const contracts = chosen.map(({ contract }) => contract);
  const { entries, diagnostics } = readUntested(ownText(files.untested), files.untested);
  const ledger: Ledger = {
    contracts,
    clauses: ownClauses(contracts, isOther, isExtra),
    untested: entries,
    lock: isOther ? emptyLock : ownLock(),
    places: { specs: specsOf(chosen), untested: files.untested, lock: files.lock },
    today: new Date().toISOString().slice(0, 10),
  };
  const extensionClauses = suites.flatMap((suite) => extensionClausesOf(suite, contracts));
  return {
    ledger,
    suites,
    extensionClauses,
    diagnostics,
    isOther,
    chosen,
    listed: chosen.flatMap(({ listed }) => listed),
  };
}

function specsOf(chosen: ChosenContracts['chosen']): (service: string) => string {
  return (service) => chosen.find(({ contract }) => contract.service === service)?.specs ?? `specs/${service}`;
}

/** Operations that only extension suites call are tested by these alone. */
function ownClauses(contracts: Contracts, isOther: boolean, isExtra: (id: OperationId) => boolean): readonly Clause[] {
  return allClauses(contracts).filter(({ operation: id }) => isOther || triedOperations.has(id) || isExtra(id));
}

/** @throws UsageError */
function extensionClausesOf(suite: Suite, contracts: Contracts): readonly Clause[] {
  const unknown = operationsIn(suite).find((id) => !operationIn(contracts, id));
  if (unknown === undefined) return suiteClauses(suite, contracts);
  throw new UsageError(`The suite ${suite.name} uses the operation ${unknown}, which the reference does not have.`);
}

/** The text of a file of this package; empty when there is no such file. */
export function ownText(file: string): string {
  const path = join(packageRoot, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function ownLock(): Lock {
  const text = ownText(files.lock);
  if (text === '') return emptyLock;
  const lock = readLock(text);
  if (lock) return lock;
  throw new UsageError(`${files.lock} is not a valid lock of clause ids. Restore it from the repository.`);
}
