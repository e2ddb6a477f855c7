/**
 * The data of the page: the clauses, the cases, their evidence, and the outline of the reference where it is rendered
 * on demand. It is JSON with each text and each verdict once, and tuples instead of named members, in the order below.
 */
import type { Purpose } from '../../src/client/exchange.ts';
import type { Verdict } from '../../src/clauses/verdict.ts';
import type { ClauseReport } from '../../src/records/report.ts';
import type { Outline } from '../../src/records/outline.ts';

export interface PageData {
  /** Where a number represents a text, it is an index into this list. */
  readonly texts: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly clauses: readonly PackedClause[];
  readonly cases: readonly PackedCase[];
  /** Missing where the markup has the whole reference. Clauses are referred to by index. */
  readonly outline?: PackedOutline;
}

/** Ids are `OPERATION#word`; an id of another form is stored whole instead of the word, after `=`. */
export type PackedClause = readonly [
  operation: number,
  word: string,
  statement: number,
  level: number,
  kind: number,
  range: number,
  verdict: number,
  errata: readonly string[],
  file: number,
  section: number,
  line: number,
];

export type PackedCase = readonly [
  /** The index of its clause. */
  clause: number,
  at: number,
  /** Roles, joined by spaces. */
  as: number,
  verdict: number,
  ms: number,
  /** How many exchanges the case had. */
  sent: number,
  /** In the run folder: the line in the file of its operation, or file and line as a text; 0 when there is none. */
  evidence: number | string,
  /** Indices of its exchanges in the evidence. */
  shown: readonly number[],
  /** The verdict of each attempt, where there were several: `fail in osc-7f3a91, pass now`. */
  before?: string,
];

type Packed<T> = T extends readonly (infer U)[]
  ? readonly Packed<U>[]
  : T extends object
    ? { readonly [K in keyof T]: K extends 'by' ? readonly number[] : Packed<T[K]> }
    : T;

export type PackedOutline = Packed<Outline>;

export type PageClause = Pick<
  ClauseReport,
  'id' | 'operation' | 'statement' | 'level' | 'kind' | 'range' | 'verdict' | 'errata' | 'source'
>;

/** A case as the script uses it. */
export interface PageCase {
  readonly clause: number;
  readonly at: string;
  readonly as: readonly string[];
  readonly verdict: Verdict;
  readonly ms: number;
  readonly sent: number;
  readonly before?: string;
  readonly file?: string;
  readonly shown: readonly number[];
}

/** Each exchange once, each text once: numbers are indices into `texts`. */
export interface PackedEvidence {
  readonly texts: readonly string[];
  readonly exchanges: readonly PackedExchange[];
}

export interface PackedExchange {
  readonly id: string;
  readonly purpose: Purpose;
  readonly attempt?: number;
  readonly identity: string;
  readonly at: string;
  readonly ms: number;
  readonly method: string;
  readonly url: number;
  /** Names and values in turn. */
  readonly headers: readonly number[];
  readonly body?: number;
  readonly response?: PackedResponse;
  readonly failure?: { readonly code: string; readonly message: string };
  /** Headers and bodies are left out to keep the page small. */
  readonly cut?: true;
}

export interface PackedResponse {
  readonly status: number;
  readonly headers: readonly number[];
  readonly body: number;
  readonly truncatedBytes?: number;
}
