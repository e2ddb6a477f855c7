/** What a fragment consists of, top to bottom, before sections and operations are made of it. */
import type { Position } from '../diagnostic.ts';
import type { Passage } from './passage.ts';
import type { SourceLine } from './source-lines.ts';

export type Block = Heading | Directive | Prose | Bold | CodeStatement | Literal;

export interface Heading {
  readonly kind: 'heading';
  readonly title: string;
  /** The adornment character, twice for a heading that has a line above as well: `=` and `==` are two levels. */
  readonly style: string;
  readonly at: Position;
}

export interface Directive {
  readonly kind: 'directive';
  /** In lower case. */
  readonly name: string;
  readonly at: Position;
  /** What follows on the line of the directive. */
  readonly argument?: SourceLine;
  /** The `:name: value` lines at the head of the content. */
  readonly options: readonly SourceLine[];
  /** The lines below, without those blank at both ends. */
  readonly content: readonly SourceLine[];
}

/** A paragraph or one item of a list. */
export interface Prose {
  readonly kind: 'prose';
  readonly passage: Passage;
}

/** A line that is bold from end to end: a caption or a label. */
export interface Bold {
  readonly kind: 'bold';
  readonly text: string;
  readonly at: Position;
}

/** `Normal response codes: …` or `Error response codes: …`. */
export interface CodeStatement {
  readonly kind: 'codes';
  readonly of: 'success' | 'error';
  /** What follows the label. */
  readonly passage: Passage;
}

/** A literal block or a table. */
export interface Literal {
  readonly kind: 'literal';
  readonly passage: Passage;
}
