/** What a recogniser found at a line: blocks, and the index of the line after them. */
import type { Report } from '../diagnostic.ts';
import type { Block } from './block.ts';
import type { SourceLine } from './source-lines.ts';

export interface Recognised {
  readonly blocks: readonly Block[];
  readonly next: number;
}

/** What the recognisers of one file share. */
export interface Recognising {
  readonly report: Report;
  /** Whether the file has lost its indentation. */
  readonly flattened: boolean;
  /** Told each line that belongs to a directive without being indented. */
  readonly lost: (line: SourceLine) => void;
}
