/**
 * A contract before its operations are cut into revisions: every part once, with its own microversions.
 *
 * Assembly makes it, errata edit it, and the files under `schemas/` contain it; a `Contract` is cut from it.
 */
import type { DocumentedResponse, Contract, ErrorCode, Operation, RequestParts, UnknownQuery } from './model.ts';
import type { MicroversionRange } from '../microversion.ts';

/** Each member of a shape has its own range, and one name may occur several times. */
export interface DraftOperation extends Omit<Operation, 'revisions'> {
  readonly request: DraftRequest;
  readonly responses: readonly Ranged<DocumentedResponse>[];
  readonly errors: readonly Ranged<ErrorCode>[];
}

export interface DraftRequest extends RequestParts {
  /** Without an applicable one, the rule is unknown. */
  readonly unknownQuery: readonly Ranged<{ readonly rule: UnknownQuery }>[];
}

export type Ranged<T> = T & { readonly range: MicroversionRange };

export interface DraftContract extends Omit<Contract, 'operations'> {
  readonly operations: readonly DraftOperation[];
}
