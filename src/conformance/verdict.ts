/**
 * What a case can come to, and what speaks against a target: data only, worded elsewhere.
 */
import type { Json, NonEmpty } from '../json.ts';

/** The RFC 2119 word of a statement; read from it, never stored beside it. */
export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

/** One observed departure from the contract. `exchange` is the id of the exchange that shows it. */
export type Finding =
  | { readonly kind: 'status'; readonly exchange: string; readonly expected: NonEmpty<number>; readonly seen: number }
  | {
      readonly kind: 'schema';
      readonly exchange: string;
      /** JSON pointer into the body. */
      readonly pointer: string;
      readonly keyword: string;
      /** A phrase: `a string`, `no member "tag"`. */
      readonly expected: string;
      readonly seen: Json;
      /** The clause that the schema names at that place. */
      readonly clause?: string;
    }
  | {
      readonly kind: 'header';
      readonly exchange: string;
      readonly name: string;
      /** A phrase, such as `compute 2.79`. */
      readonly expected: string;
      readonly seen: string | null;
    }
  | {
      readonly kind: 'value';
      readonly exchange: string;
      readonly pointer: string;
      readonly expected: Json;
      /** Missing: there is nothing at that place. */
      readonly seen?: Json;
    }
  | { readonly kind: 'body'; readonly exchange: string; readonly expected: string; readonly seen: string }
  | {
      readonly kind: 'transition';
      /** The last observation. */
      readonly exchange: string;
      /** What was waited for: `volume status in-use`. */
      readonly expected: string;
      readonly seen: string;
      readonly waitedMs: number;
    }
  | {
      /** Not about the target: a waiver lists as failing what did not fail, or its time is over. */
      readonly kind: 'waiver';
      /** Empty: no exchange shows it. */
      readonly exchange: string;
      readonly state: 'unneeded' | 'expired';
      readonly waives: string;
      readonly owner: string;
      readonly expires: string;
      readonly listedAt: string;
    };

export type FindingKind = Finding['kind'];

export type Verdict =
  | { readonly is: 'pass' }
  | { readonly is: 'fail'; readonly findings: NonEmpty<Finding> }
  | { readonly is: 'warn'; readonly findings: NonEmpty<Finding> }
  | {
      readonly is: 'waived';
      readonly findings: NonEmpty<Finding>;
      /** Why, who and until when. */ readonly waiver: string;
    }
  | {
      /** Failed, and passed when it was run again alone on fresh fixtures. */
      readonly is: 'unstable';
      /** Of the attempt that failed. */
      readonly findings: NonEmpty<Finding>;
      readonly reason: string;
    }
  | { readonly is: 'not-applicable'; readonly reason: string }
  | { readonly is: 'not-attempted'; readonly reason: string; readonly mend?: string }
  | { readonly is: 'inconclusive'; readonly reason: string; readonly cause: string }
  | { readonly is: 'error'; readonly reason: string };

export type VerdictKind = Verdict['is'];

/** From worst to best among the decided ones, then the undecided ones: the order in which reports list them. */
export const verdictKinds = [
  'fail',
  'error',
  'unstable',
  'inconclusive',
  'warn',
  'waived',
  'pass',
  'not-attempted',
  'not-applicable',
] as const satisfies readonly VerdictKind[];

export function findingsOf(verdict: Verdict): readonly Finding[] {
  return 'findings' in verdict ? verdict.findings : [];
}

/** The sentence that says why a case was not decided; undefined for a decided one. */
export function reasonOf(verdict: Verdict): string | undefined {
  return 'reason' in verdict ? verdict.reason : undefined;
}
