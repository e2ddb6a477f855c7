/** The differences between the contracts of two reference trees, as data: the record, with the kinds of changes. */
import type { MicroversionRange } from '../microversion.ts';
import type { ChangeRecord, OperationDiffRecord, ReferenceDiffRecord } from '../records/reference-diff.ts';
import type { ChangeKind } from './change-kinds.ts';

export type { SideFacts } from '../records/reference-diff.ts';

export interface ReferenceDiff extends ReferenceDiffRecord {
  readonly operations: readonly OperationDiff[];
}

export interface OperationDiff extends OperationDiffRecord {
  readonly changes: readonly Change[];
}

export interface Change extends ChangeRecord {
  readonly kind: ChangeKind;
}

/** A change found in one range of microversions, before it has a class. */
export interface Found {
  readonly kind: ChangeKind;
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

export interface FoundIn extends Found {
  readonly range?: MicroversionRange;
}
