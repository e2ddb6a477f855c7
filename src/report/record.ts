/**
 * The record of a run: the input of every reporter and the content of `report.json`.
 *
 * Built from journal, ledger and evidence alone; reporters are pure functions of it.
 */
import type { Exchange } from '../client/exchange.ts';
import type { InventoryChange, ResourceListCount } from '../resources/inventory.ts';
import type { Rebuild } from '../execution/rebuild.ts';
import type { Level, Verdict, VerdictKind } from '../clauses/verdict.ts';
import type { BoundWaiver } from '../planning/waivers/waiver.ts';
import type { ClientAccess } from '../resources/client-access.ts';
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
  readonly vacuous?: string;
  /** How much of the named resources the run tests; missing in the records of older releases. */
  readonly scope?: ScopeReport;
  /** Counts only clauses of the reference; extension clauses are counted in `suites`. */
  readonly counts: { readonly clauses: Counts; readonly cases: Counts };
  /** Results of extension suites; missing when there were none. */
  readonly suites?: readonly SuiteReport[];
  /** Sorted by operation as in the contract, then by id. */
  readonly clauses: readonly ClauseReport[];
  /** Sorted by clause as above, then by microversion. */
  readonly cases: readonly CaseReport[];
  /** The errata on which the selected clauses depend. */
  readonly errata: readonly Erratum[];
  /** The waivers for this target, each with its state. */
  readonly waivers: readonly WaiverReport[];
  /** Resources that the run left behind. */
  readonly leaks: readonly Leak[];
  /** Resources of failed cases that were kept because of `--keep`; missing when there are none. */
  readonly kept?: readonly Kept[];
  /** Fixtures whose first build failed; missing when there were none. */
  readonly rebuilds?: readonly Rebuild[];
  /** Inventories of the projects before and after, by run; missing in the records of older releases. */
  readonly inventories?: readonly Inventory[];
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
  /** The options as given, so that the run can be repeated; they never contain a secret. */
  readonly command: readonly string[];
  /** How the run ended: `completed`, or what stopped it. */
  readonly ended: 'completed' | 'interrupted' | 'deadline' | 'lost-target' | 'write-error' | 'crashed';
  /** The limits of the run; missing in the records of older releases. */
  readonly limits?: LimitFacts;
  /** Of a run that executes one shard of a plan. */
  readonly shard?: ShardFacts;
  /** SHA-256 of the whole plan and its inputs: runs that share it can be merged. */
  readonly plan?: string;
  /** The runs that this one merges or continues; the oldest first. */
  readonly parts?: readonly RunPart[];
}

export interface ShardFacts {
  /** Counts from 1. */
  readonly index: number;
  readonly total: number;
}

export interface RunPart {
  readonly name: string;
  readonly startedAt: string;
}

export interface TargetFacts {
  readonly name: string;
  /** The release that the embedded cloud simulates; missing for any other target. */
  readonly release?: string;
  /** Endpoint by service type. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The range that the target reports as supported, as text: `2.1-2.104`. */
  readonly microversions: string;
  readonly identities: readonly IdentityFacts[];
  readonly capabilities: readonly CapabilityFacts[];
  /** Flavor, image and other fixtures, by kind: chosen by the run or given. */
  readonly fixtures: Readonly<Record<string, string>>;
  /** The same with their names, and whether the operator gave them; missing in older runs. */
  readonly fixtureFacts?: readonly FixtureFacts[];
  /** The roles for which certificates of the target were not verified; missing when all were verified. */
  readonly insecure?: readonly string[];
}

export interface FixtureFacts {
  readonly kind: string;
  readonly id: string;
  readonly name?: string;
  readonly source: 'given' | 'chosen';
}

export interface IdentityFacts {
  readonly role: string;
  readonly given: boolean;
  /** Created by an administrator for this run alone. */
  readonly made?: true;
  /** Why an identity that was named or was to be created cannot be used, as a sentence. */
  readonly unusable?: string;
  /** The option that gives it. */
  readonly option: string;
  /** How the openstack client gets it, or for one that was created, its creator; missing for the embedded cloud. */
  readonly client?: ClientAccess;
  /** Ids, where the target has them; they identify the same project in another run. */
  readonly project?: string;
  readonly user?: string;
}

export interface CapabilityFacts {
  readonly id: string;
  readonly has: boolean;
  readonly source: 'declared' | 'found' | 'assumed';
}

export interface ContractFacts {
  readonly service: string;
  readonly origin: Origin;
  /** SHA-256 of the contract as one file, hexadecimal. */
  readonly digest: string;
  /** Number of operations in the reference of the service, including those of the run. */
  readonly operations?: number;
}

export interface ClauseReport {
  readonly id: string;
  /** With the name of the suite as a prefix for an extension clause. */
  readonly operation: OperationId;
  /** The extension suite of the clause; it does not affect the verdict on the reference. */
  readonly suite?: string;
  readonly statement: string;
  readonly level: Level;
  readonly kind: 'derived' | 'written';
  readonly source: Source;
  /** As text: `2.70-`. */
  readonly range: string;
  /** The worst verdict of its decided cases. */
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
  /** The identities that the clause needs; the one that sends the request under test comes first. */
  readonly identities: readonly string[];
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly exchanges: number;
  /**
   * File and line in the run folder, `evidence/compute/attach-volume.ndjson:17`; missing when nothing was sent and the
   * check had no recorded input.
   */
  readonly evidence?: string;
  /** Why a failure was not confirmed by a second attempt, alone and on fresh fixtures: a sentence. */
  readonly unconfirmed?: string;
  /** Of a case that was tried more than once, or in an earlier run: every attempt, the oldest first. */
  readonly attempts?: readonly Attempt[];
}

export interface WaiverReport extends BoundWaiver {
  /**
   * `used`: a case failed as listed; `expired`: a case failed after the last day; `unneeded`: every case was tried and
   * none failed; `open`: not every case was tried, and none failed.
   */
  readonly state: 'used' | 'expired' | 'unneeded' | 'open';
}

export interface Leak {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** The `openstack` command that removes it. */
  readonly command: string;
  /** Variables that the command needs as in the run; missing when there are none. */
  readonly variables?: readonly string[];
}

/** A resource that was not removed, so that the requests of a failure can be repeated; `cleanup` removes it. */
export interface Kept extends Leak {
  /** Id of the failed case that used it. */
  readonly case: string;
}

/**
 * The resources in a run's projects before and after, and the changes to resources that are not the run's. A list that
 * failed makes the run partial; changes do not affect a verdict.
 */
export interface Inventory {
  /** The name of the run that took the inventory. */
  readonly run: string;
  readonly before: readonly ResourceListCount[];
  /** Empty when the run crashed. */
  readonly after: readonly ResourceListCount[];
  readonly changes: readonly InventoryChange[];
  /** Number of changes beyond the listed ones. */
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

/** A report with access to its evidence. */
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
  /** The folder of a format with one file per case. Such a format is written only on request. */
  readonly folder?: string;
  readonly render: (record: RunRecord) => readonly ReportFile[];
}

/** The result of an extension suite, apart from the verdict on the reference. */
export interface SuiteReport {
  readonly name: string;
  readonly verdict: RunVerdict;
  readonly reasons: readonly string[];
  readonly counts: { readonly clauses: Counts; readonly cases: Counts };
}
