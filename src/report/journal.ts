/**
 * The journal of a run: what `journal.ndjson` holds, one JSON value a line, appended as the run goes.
 *
 * First the run line with everything that was planned, written before the first case; then one line per case, with a census before and
 * after them, and one line for each further attempt of a case; at the end the end line. A run that is killed has no end line, and its planned cases without a line were not attempted.
 */
import type { Erratum, OperationId } from '../contract/model.ts';
import type { CensusOutcome, RollCount } from '../conformance/census.ts';
import type { Rebuild } from '../conformance/rebuild.ts';
import type { Verdict } from '../conformance/verdict.ts';
import type { BoundWaiver } from '../conformance/waivers/waiver.ts';
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

export type JournalLine = RunLine | EarlierLine | CaseLine | ConfirmationLine | CensusLine | EndLine;

export interface RunLine {
  readonly line: 'run';
  readonly format: 'openstack-conformance/journal';
  readonly formatVersion: 1;
  readonly tool: RunReport['tool'];
  readonly run: Pick<RunFacts, 'name' | 'startedAt' | 'command' | 'limits' | 'shard' | 'plan' | 'parts'>;
  readonly target: TargetFacts;
  readonly contract: ContractFacts;
  /** In the order of the contract; reports keep it. */
  readonly operations: readonly OperationId[];
  readonly clauses: readonly PlannedClause[];
  readonly cases: readonly PlannedCase[];
  /** Those that the selected clauses rest on. */
  readonly errata: readonly Erratum[];
  /** Those that speak of the target; missing when there are none. */
  readonly waivers?: readonly BoundWaiver[];
  /** How much of the named resources is planned; missing in the journals of older releases. */
  readonly scope?: ScopeFacts;
  /** What the reference says and which clauses decide it. */
  readonly outline?: Outline;
}

/** A clause before anything is known of it. */
export type PlannedClause = Omit<ClauseReport, 'verdict' | 'cases'>;

export interface PlannedCase extends Pick<CaseReport, 'id' | 'clause' | 'operation' | 'microversion' | 'identities'> {
  /** What the plan knows without asking: not-applicable, or not-attempted for want of an identity. */
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

/** What a case came to in an earlier run that this one goes on from; after the run line, the oldest first. */
export interface EarlierLine extends Omit<CaseLine, 'line'> {
  readonly line: 'earlier';
  /** The name of that run. */
  readonly run: string;
  /** It was a further attempt there. */
  readonly alone?: true;
}

/** What the lists of the projects showed: before the first case, and when the run had cleaned up. */
export type CensusLine = CensusBefore | CensusAfter;

interface CensusBefore {
  readonly line: 'census';
  /** The name of the run that counted. */
  readonly run: string;
  readonly when: 'before';
  readonly lists: readonly RollCount[];
}

interface CensusAfter extends Omit<CensusBefore, 'when'>, CensusOutcome {
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
  /** Missing where the run goes on from no other. */
  readonly earlier?: readonly EarlierLine[];
  readonly results: readonly CaseLine[];
  /** In the order in which they were made; missing where there are none. */
  readonly confirmations?: readonly ConfirmationLine[];
  /** Missing in the journals of older releases. */
  readonly censuses?: readonly CensusLine[];
  readonly footer?: EndLine;
  /** Lines that were there and could not be used; a last line cut short by a kill is not among them. */
  readonly lostLines: number;
}

/** The line with its newline. Values from the target are cut to a size that can be written and read. */
export function formatJournalLine(line: JournalLine): string {
  const safe = 'verdict' in line ? { ...line, verdict: boundVerdict(line.verdict) } : line;
  return `${JSON.stringify(safe)}\n`;
}
