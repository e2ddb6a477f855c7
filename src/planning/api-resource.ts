/** A resource of an API with a complete suite: a run can establish conformance to it. */
import type { OperationId } from '../contract/model.ts';

export interface ApiResource {
  /** As on the command line: `--resource` and this id. */
  readonly id: string;
  readonly operations: readonly OperationId[];
}
