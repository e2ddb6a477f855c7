/**
 * What the page carries besides its markup: the clauses, the cases, their evidence, and the outline of the reference where it
 * is rendered on demand. In JSON, each text and each verdict once; lists in place of members with names, in the order below.
 */
import type { Purpose } from '../../src/client/exchange.ts';
import type { Verdict } from '../../src/conformance/verdict.ts';
import type { ClauseReport } from '../../src/report/record.ts';
import type { Outline } from '../../src/report/outline.ts';

export interface PageData {
  /** Numbers elsewhere are places in this list, where they stand for a text. */
  readonly texts: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly clauses: readonly PackedClause[];
  readonly cases: readonly PackedCase[];
  /** Missing where the whole reference stands in the markup. The ids of clauses are their places. */
  readonly outline?: PackedOutline;
}

/** Ids are `OPERATION#word`; an id of another form stands whole in place of the word, after `=`. */
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
  /** The place of its clause. */
  clause: number,
  at: number,
  /** Roles, joined by spaces. */
  as: number,
  verdict: number,
  ms: number,
  /** How many exchanges the case had. */
  sent: number,
  /** In the run folder: the line in the file of its operation, or the whole place as a text; 0 when there is none. */
  evidence: number | string,
  /** Places of its exchanges in the evidence. */
  shown: readonly number[],
  /** What it came to each time, where it was tried more than once: `fail in osc-7f3a91, pass now`. */
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

/** A case as the script works with it. */
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

/** Each exchange once, each text once: numbers are places in `texts`. */
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
  readonly answer?: PackedAnswer;
  readonly failure?: { readonly code: string; readonly message: string };
  /** Headers and bodies were left out to keep the page small. */
  readonly cut?: true;
}

export interface PackedAnswer {
  readonly status: number;
  readonly headers: readonly number[];
  readonly body: number;
  readonly truncatedBytes?: number;
}
