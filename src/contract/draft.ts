/**
 * A contract before its operations are cut into revisions: every part once, with its own microversions.
 *
 * Assembly makes it, errata edit it, and the files under `schemas/` hold it; whoever asks gets a `Contract` of it.
 */
import type { Answer, Contract, ErrorCode, Operation, RequestParts, UnknownQuery } from './model.ts';
import type { MicroversionRange } from '../microversion.ts';

/** Members of shapes stand side by side, each with its range; one name may stand there several times. */
export interface DraftOperation extends Omit<Operation, 'revisions'> {
  readonly request: DraftRequest;
  readonly answers: readonly Ranged<Answer>[];
  readonly errors: readonly Ranged<ErrorCode>[];
}

export interface DraftRequest extends RequestParts {
  /** Where none applies, nothing is known. */
  readonly unknownQuery: readonly Ranged<{ readonly rule: UnknownQuery }>[];
}

export type Ranged<T> = T & { readonly range: MicroversionRange };

export interface DraftContract extends Omit<Contract, 'operations'> {
  readonly operations: readonly DraftOperation[];
}
