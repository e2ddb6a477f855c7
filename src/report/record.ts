/**
 * The record of a run: what every reporter reads, and what `report.json` holds.
 *
 * Made from journal, ledger and evidence alone; reporters are pure functions of it.
 */
import type { Exchange } from '../client/exchange.ts';
import type { CensusChange, RollCount } from '../conformance/census.ts';
import type { Rebuild } from '../conformance/rebuild.ts';
import type { Level, Verdict, VerdictKind } from '../conformance/verdict.ts';
import type { BoundWaiver } from '../conformance/waivers/waiver.ts';
import type { Erratum, OperationId, Origin, Source } from '../contract/model.ts';
import type { Attempt } from './attempt.ts';
import type { LimitFacts } from './limit-facts.ts';
import type { Outline } from './outline.ts';
import type { ScopeReport } from './scope.ts';

/** `passed`: nothing failed, and the scope is not complete. */
export type RunVerdict = 'conformant' | 'passed' | 'non-conformant' | 'partial';

export interface RunReport {
  readonly format: 'openstack-conformance/report';
  readonly formatVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: RunFacts;
  readonly target: TargetFacts;
  readonly contract: ContractFacts;
  readonly verdict: RunVerdict;
  /** Full sentences: why the run is not conformant, or what it did not decide. Empty for a conformant run. */
  readonly reasons: readonly string[];
  /** Why the run proves nothing, or almost nothing; missing otherwise. */
  readonly hollow?: string;
  /** How much of the named resources the run tests; missing in the records of older releases. */
  readonly scope?: ScopeReport;
  /** Of the clauses of the reference alone; those of other suites are counted in `suites`. */
  readonly counts: { readonly clauses: Counts; readonly cases: Counts };
  /** Suites of others that were held beside ours; missing when there were none. */
  readonly suites?: readonly SuiteReport[];
  /** Sorted by operation as in the contract, then by id. */
  readonly clauses: readonly ClauseReport[];
  /** Sorted by clause as above, then by microversion. */
  readonly cases: readonly CaseReport[];
  /** The errata that the selected clauses rest on. */
  readonly errata: readonly Erratum[];
  /** Those that speak of the target, with what became of each. */
  readonly waivers: readonly WaiverReport[];
  /** What the run left behind; empty is good. */
  readonly leaks: readonly Leak[];
  /** What failed cases used and the run was told to keep; missing when there is none. */
  readonly kept?: readonly Kept[];
  /** Fixtures that could not be built at first; missing when there were none. */
  readonly rebuilds?: readonly Rebuild[];
  /** By run, where the projects were counted before and after; missing in the records of older releases. */
  readonly censuses?: readonly Census[];
  readonly cost: Cost;
  /** What the reference says and which clauses decide it; missing in the records of older releases. */
  readonly outline?: Outline;
}

export type Counts = Readonly<Record<VerdictKind, number>>;

export interface RunFacts {
  /** Also the prefix of everything that the run created: `osc-7f3a91`. */
  readonly name: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** The options as given, for the reader to repeat; no secret is ever among them. */
  readonly command: readonly string[];
  /** How the run ended: `completed`, or what stopped it. */
  readonly ended: 'completed' | 'interrupted' | 'deadline' | 'lost-target' | 'write-error' | 'crashed';
  /** How much it could have of the target; missing in the records of older releases. */
  readonly limits?: LimitFacts;
  /** Of a run that is one of several parts of a plan. */
  readonly shard?: ShardFacts;
  /** SHA-256 of the whole plan and what it rests on: runs that share it can be put together. */
  readonly plan?: string;
  /** The runs that this one is made of, or goes on from; the oldest first. */
  readonly parts?: readonly RunPart[];
}

export interface ShardFacts {
  /** From 1 on. */
  readonly index: number;
  readonly total: number;
}

export interface RunPart {
  readonly name: string;
  readonly startedAt: string;
}

export interface TargetFacts {
  readonly name: string;
  /** The release that the embedded cloud plays; missing for any other target. */
  readonly release?: string;
  /** Endpoint by service type. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** What the target says it supports, as text: `2.1-2.104`. */
  readonly microversions: string;
  readonly identities: readonly IdentityFacts[];
  readonly capabilities: readonly CapabilityFacts[];
  /** Flavor, image and so on, by name: what the run chose or was given. */
  readonly fixtures: Readonly<Record<string, string>>;
  /** The same with their names, and whether the operator gave them; older runs do not tell. */
  readonly fixtureFacts?: readonly FixtureFacts[];
  /** The roles for whom any certificate of the target was taken; missing when all were checked. */
  readonly insecure?: readonly string[];
}

export interface FixtureFacts {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  readonly told: 'given' | 'chosen';
}

export interface IdentityFacts {
  readonly role: string;
  readonly given: boolean;
  /** By an administrator, for this run alone. */
  readonly made?: true;
  /** Of one that is not there: why it takes no part although it was named or was to be made, as a sentence. */
  readonly unusable?: string;
  /** The option that gives it. */
  readonly option: string;
  /** Ids, where the target has such; they tell that it is the same project again. */
  readonly project?: string;
  readonly user?: string;
}

export interface CapabilityFacts {
  readonly id: string;
  readonly has: boolean;
  readonly told: 'declared' | 'found' | 'assumed';
}

export interface ContractFacts {
  readonly service: string;
  readonly origin: Origin;
  /** SHA-256 of the contract as one file, hexadecimal. */
  readonly digest: string;
  /** How many operations the reference of the service has, the run's among them. */
  readonly operations?: number;
}

export interface ClauseReport {
  readonly id: string;
  /** With the name of the suite before it, where it is none of ours. */
  readonly operation: OperationId;
  /** Whose it is, where it is none of ours; it bears on no verdict of ours. */
  readonly suite?: string;
  readonly statement: string;
  readonly level: Level;
  readonly kind: 'derived' | 'written';
  readonly source: Source;
  /** As text: `2.70-`. */
  readonly range: string;
  /** As bad as the worst of its decided cases. */
  readonly verdict: VerdictKind;
  readonly cases: readonly string[];
  readonly errata: readonly string[];
}

export interface CaseReport {
  /** `compute/attach-volume#echoes-tag@2.70`. */
  readonly id: string;
  readonly clause: string;
  readonly operation: OperationId;
  readonly microversion: string;
  /** The identities that the clause needs, the acting one first. */
  readonly identities: readonly string[];
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly exchanges: number;
  /** Place in the run folder, `evidence/compute/attach-volume.ndjson:17`; missing when nothing was sent and the check was given nothing. */
  readonly evidence?: string;
  /** Of a failure that was not seen a second time, alone and on fresh fixtures: why, as a sentence. */
  readonly unconfirmed?: string;
  /** Of a case that was tried more than once, or in an earlier run: every attempt, the oldest first. */
  readonly attempts?: readonly Attempt[];
}

export interface WaiverReport extends BoundWaiver {
  /**
   * `used`: a case failed as listed; `expired`: the same, after the last day; `unneeded`: every case was tried and none
   * failed; `open`: not all of them were tried, and none failed.
   */
  readonly state: 'used' | 'expired' | 'unneeded' | 'open';
}

export interface Leak {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** What removes it: an `openstack` command line. */
  readonly command: string;
}

/** Not removed, so that the requests of a failure can be repeated; `cleanup` removes it. */
export interface Kept extends Leak {
  /** Id of the failed case that used it. */
  readonly case: string;
}

/** What a run's projects had, and what of others came, went or changed meanwhile. A list that failed makes the run partial; nothing else of it bears on a verdict. */
export interface Census {
  /** The name of the run that counted. */
  readonly run: string;
  readonly before: readonly RollCount[];
  /** Empty when the run broke off. */
  readonly after: readonly RollCount[];
  readonly changes: readonly CensusChange[];
  /** Changes that are not listed, because they are too many. */
  readonly more: number;
}

export interface Cost {
  readonly exchanges: number;
  /** Milliseconds during which at least one request waited for the target. */
  readonly targetBusyMs: number;
  /** Sum over all exchanges, milliseconds. */
  readonly targetMs: number;
  /** CPU of the harness, milliseconds. */
  readonly ownCpuMs: number;
  /** Created in the run, by type. */
  readonly created: Readonly<Record<string, number>>;
}

/** A report with its evidence at hand. */
export interface RunRecord {
  readonly report: RunReport;
  /** The exchanges of a case in order; empty when nothing was sent. */
  readonly evidence: (caseId: string) => readonly Exchange[];
}

/** A file for the run folder, path relative to it. */
export interface ReportFile {
  readonly path: string;
  readonly text: string;
}

export interface Reporter {
  /** As on the command line: `junit`. */
  readonly id: string;
  readonly summary: string;
  /** Of a format with a file for each case: the folder of its own. It is written only when it is asked for by name. */
  readonly folder?: string;
  readonly render: (record: RunRecord) => readonly ReportFile[];
}

/** The result of an external suite, beside the verdict on the clauses of the reference. */
export interface SuiteReport {
  readonly name: string;
  readonly verdict: RunVerdict;
  readonly reasons: readonly string[];
  readonly counts: { readonly clauses: Counts; readonly cases: Counts };
}
