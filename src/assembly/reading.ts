/**
 * What one operation is assembled with: its microversions, its sources and the place for diagnostics.
 */
import type { Source } from '../contract/model.ts';
import type { Position, Severity } from '../diagnostic.ts';
import { intersect, type Microversion, type MicroversionRange } from '../microversion.ts';
import type { ReferenceOperation } from '../reference/model.ts';

export interface Reading {
  readonly operation: ReferenceOperation;
  /** The microversions of the operation. */
  readonly range: MicroversionRange;
  readonly say: Say;
}

/** Reports something about the operation; `at` is the operation itself when it is not given. */
export type Say = (severity: Severity, code: string, message: string, expected: string, at?: Position) => void;

export function sourceAt({ operation }: Reading, at: Position = operation.at): Source {
  return { file: at.file, section: operation.title, line: at.line };
}

/** The range between optional ends, inside the operation's; undefined when nothing remains. */
export function rangeBetween(
  { range }: Reading,
  first: Microversion | undefined,
  last: Microversion | undefined,
): MicroversionRange | undefined {
  return intersect(range, { first: first ?? range.first, last });
}
