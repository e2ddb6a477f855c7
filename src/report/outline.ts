/**
 * The reference as the report shows it: its content in its own order, and which clauses decide each statement.
 *
 * Recorded in the journal when the run starts, because only then are the reference and all clauses available. A report
 * can then be built from the run folder alone, years later and by another release.
 */
import type { OperationId, Source } from '../contract/model.ts';

export interface Outline {
  /** What applies to every operation, by section. */
  readonly common: readonly OutlineSection[];
  /** The operations of the selected clauses, in the order of the contract. */
  readonly operations: readonly OutlineOperation[];
}

/** Which clauses decide a statement of the reference. */
export interface Answered {
  /** Ids of selected clauses. */
  readonly by: readonly string[];
  /** How many clauses that were not selected decide it. */
  readonly unselected?: number;
  /** Why no clause decides it. */
  readonly untested?: string;
}

export interface OutlineSection {
  readonly title: string;
  readonly file: string;
  readonly sentences: readonly OutlineSentence[];
}

export interface OutlineOperation {
  readonly id: OperationId;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly source: Source;
  /** As text: `2.85-`. */
  readonly range: string;
  /** Ranges in which it does not change, in order, as text. */
  readonly revisions: readonly string[];
  /** Prose and notes, from top to bottom. */
  readonly sentences: readonly OutlineSentence[];
  readonly codes: readonly OutlineCode[];
  readonly parameters: readonly OutlineParameter[];
  readonly samples: readonly OutlineSample[];
}

export interface OutlineSentence extends Answered {
  readonly kind: 'prose' | 'note' | 'parameter';
  readonly text: string;
  readonly line: number;
}

export interface OutlineCode extends Answered {
  readonly status: number;
  readonly of: 'success' | 'error';
  /** Where it is documented, as text: `2.1-2.100`. */
  readonly range: string;
  readonly line: number;
}

export interface OutlineParameter extends Answered {
  readonly side: 'request' | 'response';
  readonly place: 'path' | 'query' | 'header' | 'body';
  /** The name, or the path of a member: `/volumeAttachment/tag`. */
  readonly name: string;
  readonly type: string;
  readonly required: 'always' | 'sometimes' | 'never';
  readonly range: string;
  readonly line: number;
  /** What the reference says about it. */
  readonly sentences: readonly OutlineSentence[];
}

export interface OutlineSample extends Answered {
  readonly file: string;
  readonly line: number;
}
