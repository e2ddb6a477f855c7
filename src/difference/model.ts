/** What differs between the contracts of two reference trees, as data. */
import type { OperationId } from '../contract/model.ts';
import type { MicroversionRange } from '../microversion.ts';
import type { ChangeClass, ChangeKind } from './change-kinds.ts';

export interface ReferenceDiff {
  readonly before: SideFacts;
  readonly after: SideFacts;
  /** Those with a change, in the order of the later tree; operations that vanished last. */
  readonly operations: readonly OperationDiff[];
}

export interface SideFacts {
  readonly name: string;
  readonly operations: number;
  /** The newest microversion that the tree speaks of. */
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
  /** `/volumeAttachment/tag`, `query limit`, `status 202`; empty when it is about the whole operation. */
  readonly place: string;
  /** The microversions at which the two contracts differ in this; missing for what has none, such as a title. */
  readonly range?: string;
  /** Only microversions that the earlier tree does not know: who asks for none of them notices nothing. */
  readonly isNewMicroversion: boolean;
  readonly before?: string;
  readonly after?: string;
}

/** A change as it is found in one piece of microversions, before it has a class. */
export interface Found {
  readonly kind: ChangeKind;
  readonly place: string;
  readonly before?: string;
  readonly after?: string;
}

export interface FoundIn extends Found {
  readonly range?: MicroversionRange;
}
