/**
 * The possible results of a case, and findings against a target: data only; reports word them.
 */
import type { Json, NonEmpty } from '../json.ts';

/** The RFC 2119 word of a statement; always derived from it. */
export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY';

/** One observed deviation from the contract. `exchange` is the id of the exchange that shows it. */
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
      /** The clause that the schema names at that location. */
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
      /** Missing: there is no value at that location. */
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
      /** Not about the target: a waiver lists a case that did not fail, or has expired. */
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
      /** Failed, then passed when run again alone on fresh fixtures. */
      readonly is: 'unstable';
      /** Findings of the attempt that failed. */
      readonly findings: NonEmpty<Finding>;
      readonly reason: string;
    }
  | { readonly is: 'not-applicable'; readonly reason: string }
  | { readonly is: 'not-attempted'; readonly reason: string; readonly remedy?: string }
  | { readonly is: 'inconclusive'; readonly reason: string; readonly cause: string }
  | { readonly is: 'error'; readonly reason: string };

export type VerdictKind = Verdict['is'];

/** The order in which reports list them, most urgent first. */
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

/** Why a case was not decided, as a sentence; undefined for a decided one. */
export function reasonOf(verdict: Verdict): string | undefined {
  return 'reason' in verdict ? verdict.reason : undefined;
}
