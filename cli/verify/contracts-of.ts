/** Finds the contracts that a run names, and their clauses. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUntested } from '../../src/spec-coverage/untested.ts';
import { untestedClauses } from '../../src/spec-coverage/untested-clauses.ts';
import { suiteClauses } from '../../src/clauses/extension-clauses.ts';
import type { Suite } from '../../src/clauses/extension-suite.ts';
import { readContract, writeContract } from '../../src/contract/contract-file.ts';
import { contractOf as cut } from '../../src/contract/cut-revisions.ts';
import type { Contract } from '../../src/contract/model.ts';
import type { RunLine } from '../../src/records/journal.ts';
import type { Journal } from '../../src/report/journal.ts';
import { printable } from '../../src/report/printable.ts';
import { allClauses } from '../../suites/index.ts';
import { files, ownText } from '../clauses/open-clauses.ts';
import { ownContract, ownServices } from '../own-contract.ts';
import { outlinedClauses } from '../run/outlined-clauses.ts';
import { contractPath } from '../run/run-folder.ts';
import { sha256 } from '../run/seal-folder.ts';
import type { KnownContracts } from './known-contracts.ts';
import { selectedIn } from './selected-in.ts';

type Facts = RunLine['contracts'][number];

/** The contract of one service. */
interface Found {
  readonly contract: Contract;
  /** It is that of this package. */
  readonly isOwn: boolean;
  /** How many operations the service has. */
  readonly listed: number;
}

interface Refused {
  readonly refused: string;
}

/** `any`: also accept contracts that only the folder has. */
export function contractsOf(
  folder: string,
  { header }: Journal,
  any: boolean,
  suites: readonly Suite[] = [],
): KnownContracts | Refused {
  const found: Found[] = [];
  for (const facts of header.contracts) {
    const one = contractNamed(folder, facts, header, any);
    if ('refused' in one) return one;
    found.push(one);
  }
  const contracts = found.map(({ contract }) => contract);
  const isOwn = found.every((one) => one.isOwn);
  const used = new Set(header.clauses.flatMap(({ suite }) => suite ?? []));
  const all = allClauses(contracts);
  const clauses = isOwn ? outlinedClauses(all, selectedIn(header), suites, used) : all;
  const untested = readUntested(ownText(files.untested), files.untested).entries;
  // For another reference there are also clauses that stand for what nothing tests yet.
  const rest = isOwn ? [] : contracts.flatMap((contract) => untestedClauses(contract, clauses, untested));
  return {
    contracts,
    clauses: [...clauses, ...rest],
    extensionClauses: suites.flatMap((suite) => suiteClauses(suite, contracts)),
    untested,
    listed: new Map(found.map(({ contract, listed }) => [contract.service, listed])),
    confirmed: describeConfirmed(header.contracts, isOwn),
  };
}

function contractNamed(folder: string, facts: Facts, header: RunLine, any: boolean): Found | Refused {
  const { service, digest, origin } = facts;
  const own = ownNamed(facts, header);
  if (own) return own;
  const path = contractPath(service);
  const kept = ownServices().includes(service) ? join(folder, path) : undefined;
  const other = kept !== undefined && existsSync(kept) ? readFileSync(kept, 'utf8') : undefined;
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
    const contract = cut(readContract(other));
    return { contract, isOwn: false, listed: contract.operations.length };
  } catch {
    return { refused: `${printable(path)} is not a contract that this package can read.` };
  }
}

/** The contract of this package with the operations of the run, if it is the one that the run names. */
function ownNamed({ service, digest }: Facts, header: RunLine): Found | undefined {
  if (!ownServices().includes(service)) return undefined;
  const operations = new Set(header.operations);
  const { draft, listed } = ownContract((id) => operations.has(id), service);
  if (sha256(writeContract(draft)) !== digest) return undefined;
  return { contract: cut(draft), isOwn: true, listed: listed.length };
}

function describeConfirmed(contracts: readonly Facts[], isOwn: boolean): string {
  const origins = contracts.map(({ origin }) => `${origin.title}, ${origin.revision}`).join('; ');
  const [subject, verb] = contracts.length === 1 ? ['The contract', 'is'] : ['The contracts', 'are'];
  const whose = contracts.length === 1 ? 'that of this package' : 'those of this package';
  return `${subject} ${verb} ${isOwn ? whose : "the run's own"}: ${origins}.`;
}
