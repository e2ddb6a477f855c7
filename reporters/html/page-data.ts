/** What the page carries besides its markup: the clauses, the cases and their evidence, as its script reads them. */
import type { Purpose } from '../../src/client/exchange.ts';
import type { Level, Verdict, VerdictKind } from '../../src/conformance/verdict.ts';
import type { ClauseReport } from '../../src/report/record.ts';

export interface PageData {
  readonly clauses: readonly PageClause[];
  readonly cases: readonly PageCase[];
}

export interface PageClause extends Pick<ClauseReport, 'id' | 'operation' | 'statement' | 'kind' | 'range' | 'errata'> {
  readonly level: Level;
  readonly verdict: VerdictKind;
  /** `os-volume-attachments.inc:53, Attach a volume`. */
  readonly source: string;
}

export interface PageCase {
  /** The place of its clause in the list. */
  readonly clause: number;
  readonly at: string;
  readonly as: readonly string[];
  readonly verdict: Verdict;
  readonly ms: number;
  /** How many exchanges the case had. */
  readonly sent: number;
  /** What it came to each time, where it was tried more than once: `fail in osc-7f3a91, pass now`. */
  readonly before?: string;
  /** In the run folder. */
  readonly file?: string;
  /** Places of its exchanges in the evidence. */
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
