/** The differences between the contracts of two reference trees, as data. */
import type { OperationId } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { ChangeClass, ChangeKind } from './change-kinds.ts';

export interface ReferenceDiff {
  readonly before: SideFacts;
  readonly after: SideFacts;
  /** Changed operations in the order of the later tree; removed operations come last. */
  readonly operations: readonly OperationDiff[];
}

export interface SideFacts {
  readonly name: string;
  readonly operations: number;
  /** The newest microversion that the tree mentions. */
  readonly newest?: string;
}

export interface OperationDiff {
  readonly id: OperationId;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly file: string;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly kind: ChangeKind;
  readonly class: ChangeClass;
  /** `/volumeAttachment/tag`, `query limit`, `status 202`; empty for the whole operation. */
  readonly place: string;
  /** The microversions at which the contracts differ; missing for parts without microversions, such as the title. */
  readonly range?: string;
  /**
   * Only affects microversions that the earlier tree does not know, so only clients that request one of them notice.
   */
  readonly isNewMicroversion: boolean;
  readonly before?: string;
  readonly after?: string;
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
