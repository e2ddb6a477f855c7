/**
 * What a reference states, without its prose: calls, codes, parameters, the forms of samples. One file per fragment,
 * written by `reference import`, read back as operations of a reference; nobody edits one.
 */
import type { Json } from '../json.ts';
import type { Side } from '../reference/model.ts';

export interface FactFile {
  /** The fragment, as its tree names it: `os-hypervisors.inc`. */
  readonly source: string;
  readonly operations: readonly OperationFacts[];
}

export interface OperationFacts {
  /** With the fragment it is the identity of an operation. */
  readonly title: string;
  /** Of the title. */
  readonly line: number;
  /** `GET /servers/{server_id}`. */
  readonly call: string;
  /** From the options of `rest_method`. */
  readonly from?: string;
  readonly until?: string;
  /** `200`, or `202 2.101-`. */
  readonly answers: readonly string[];
  readonly errors: readonly string[];
  /** The prose says that a reply has no body. */
  readonly bodiless?: true;
  /** The prose says of every field of a reply that it may be null. */
  readonly nullable?: true;
  readonly request?: readonly ParameterFacts[];
  readonly response?: readonly ParameterFacts[];
  readonly samples?: readonly SampleFacts[];
}

/**
 * Name, place, type as written, then what else is said: `required`, `null` (in some microversions, `null 2.91-`), `values`
 * with an object of the only ones and their microversions, `format uuid`, `map`, `top-level`, `from 2.26`, `until 2.52`, and
 * `under 1.12-` for the range of the heading above.
 */
export type ParameterFacts = readonly string[];

export interface SampleFacts {
  readonly side: Side;
  /** Without a version folder. */
  readonly file: string;
  /**
   * By the microversions that show the form, such as `first 2.3 2.9` (`first` where nothing names one, `2.1-2.4` where a
   * heading names the last one too, `newest` where a tree keeps one form up to date): the value, with words in place of
   * texts, numbers and flags.
   */
  readonly forms: Readonly<Record<string, Json>>;
}
