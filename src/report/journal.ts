/**
 * The journal of a run: the content of `journal.ndjson`, one JSON value per line, appended during the run.
 *
 * First comes the run line with the whole plan, written before the first case; then one line per case, with an
 * inventory before and after them, and one line for each further attempt of a case; last the end line. A run that was
 * killed has no end line, and its planned cases without a line were not attempted.
 */
import type { Erratum, OperationId } from '../contract/model.ts';
import type { InventoryOutcome, ResourceListCount } from '../resources/inventory.ts';
import type { Rebuild } from '../execution/rebuild.ts';
import type { Verdict } from '../clauses/verdict.ts';
import type { BoundWaiver } from '../planning/waivers/waiver.ts';
import type { Outline } from './outline.ts';
import { boundVerdict } from './bound-json.ts';
import type {
  CaseReport,
  ClauseReport,
  ContractFacts,
  Cost,
  Kept,
  Leak,
  RunFacts,
  RunReport,
  TargetFacts,
} from './record.ts';
import type { ScopeFacts } from './scope.ts';

export type JournalLine = RunLine | EarlierLine | CaseLine | ConfirmationLine | InventoryLine | EndLine;

export interface RunLine {
  readonly line: 'run';
  readonly format: 'openstack-conformance/journal';
  readonly formatVersion: 1;
  readonly tool: RunReport['tool'];
  readonly run: Pick<RunFacts, 'name' | 'startedAt' | 'command' | 'limits' | 'shard' | 'plan' | 'parts'>;
  readonly target: TargetFacts;
  readonly contract: ContractFacts;
  /** In the order of the contract, which reports keep. */
  readonly operations: readonly OperationId[];
  readonly clauses: readonly PlannedClause[];
  readonly cases: readonly PlannedCase[];
  /** The errata on which the selected clauses depend. */
  readonly errata: readonly Erratum[];
  /** The waivers for this target; missing when there are none. */
  readonly waivers?: readonly BoundWaiver[];
  /** How much of the named resources is planned; missing in the journals of older releases. */
  readonly scope?: ScopeFacts;
  /** What the reference says and which clauses decide it. */
  readonly outline?: Outline;
}

/** A clause without results. */
export type PlannedClause = Omit<ClauseReport, 'verdict' | 'cases'>;

export interface PlannedCase extends Pick<CaseReport, 'id' | 'clause' | 'operation' | 'microversion' | 'identities'> {
  /** Decided without a request: not-applicable, or not-attempted because an identity was not given. */
  readonly verdict?: Verdict;
}

export interface CaseLine extends Pick<CaseReport, 'id' | 'verdict' | 'durationMs' | 'exchanges' | 'evidence'> {
  readonly line: 'case';
  /** ISO 8601 with milliseconds, UTC. */
  readonly finishedAt: string;
}

/** A further attempt of a case in the same run, alone and on fresh fixtures; after its case line. */
export interface ConfirmationLine extends Omit<CaseLine, 'line'> {
  readonly line: 'confirmation';
}

/** The result of a case in an earlier run that this run continues; after the run line, the oldest first. */
export interface EarlierLine extends Omit<CaseLine, 'line'> {
  readonly line: 'earlier';
  /** The name of that run. */
  readonly run: string;
  /** It was a further attempt there. */
  readonly alone?: true;
}

/** What the lists of the projects showed: before the first case, and after the run had cleaned up. */
export type InventoryLine = InventoryBefore | InventoryAfter;

interface InventoryBefore {
  readonly line: 'inventory';
  /** The name of the run that took the inventory. */
  readonly run: string;
  readonly when: 'before';
  readonly lists: readonly ResourceListCount[];
}

interface InventoryAfter extends Omit<InventoryBefore, 'when'>, InventoryOutcome {
  readonly when: 'after';
}

export interface EndLine extends Pick<RunFacts, 'ended' | 'finishedAt' | 'durationMs'> {
  readonly line: 'end';
  readonly cost: Cost;
  readonly leaks: readonly Leak[];
  /** Missing when there is none. */
  readonly kept?: readonly Kept[];
  /** Missing when there were none. */
  readonly rebuilds?: readonly Rebuild[];
}

/** A journal as read back. */
export interface Journal {
  readonly header: RunLine;
  /** Missing where the run does not continue another. */
  readonly earlier?: readonly EarlierLine[];
  readonly results: readonly CaseLine[];
  /** In the order in which they were made; missing where there are none. */
  readonly confirmations?: readonly ConfirmationLine[];
  /** Missing in the journals of older releases. */
  readonly inventories?: readonly InventoryLine[];
  readonly footer?: EndLine;
  /** Number of unusable lines; a last line that was cut short by a kill does not count. */
  readonly lostLines: number;
}

/** The line with its newline. Values from the target are truncated to a size that can be written and read. */
export function formatJournalLine(line: JournalLine): string {
  const safe = 'verdict' in line ? { ...line, verdict: boundVerdict(line.verdict) } : line;
  return `${JSON.stringify(safe)}\n`;
}
