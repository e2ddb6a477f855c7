/**
 * The facts of a reference without its prose: calls, codes, parameters, the forms of samples. One file per fragment,
 * written by `reference import` and read back as operations of a reference; never edited by hand.
 */
import type { Json } from '../json.ts';
import type { Side } from '../reference/model.ts';

export interface FactFile {
  /** Name of the fragment in its tree: `os-hypervisors.inc`. */
  readonly source: string;
  readonly operations: readonly OperationFacts[];
}

export interface OperationFacts {
  /** Identifies the operation together with the fragment. */
  readonly title: string;
  /** Line of the title. */
  readonly line: number;
  /** `GET /servers/{server_id}`. */
  readonly call: string;
  /** From the options of `rest_method`. */
  readonly from?: string;
  readonly until?: string;
  /** `200`, or `202 2.101-`. */
  readonly responses: readonly string[];
  readonly errors: readonly string[];
  /** The prose says that the response has no body. */
  readonly bodiless?: true;
  /** The prose says that every member of the response may be null. */
  readonly nullable?: true;
  /** The microversions in which the prose says that objects of the response lack members: `2.69-`. */
  readonly partial?: string;
  readonly request?: readonly ParameterFacts[];
  readonly response?: readonly ParameterFacts[];
  readonly samples?: readonly SampleFacts[];
}

/**
 * Name, place, type as written, then further facts: `required`, `null`, `empty` for an object that may have no members (each
 * alone or as in `null 2.91-` for some microversions), `only 2.32 2.42-`, `values` with an object of the permitted ones and
 * their microversions, `format uuid`, `map`, `top-level`, `fields` with an object of the members that the text lists and their
 * types, `includes` and `names` with those that it mentions and samples show, `or one`, `from 2.26`, `until 2.52`, and
 * `under 1.12-` for the range of the heading above.
 */
export type ParameterFacts = readonly string[];

export interface SampleFacts {
  readonly side: Side;
  /** Path without the version folder. */
  readonly file: string;
  /**
   * Forms by the microversions that show them, such as `first 2.3 2.9` (`first` where no microversion is named,
   * `2.1-2.4` where a heading names the last one too, `newest` where a tree keeps one form up to date). A form is the
   * value with words in place of strings, numbers and booleans.
   */
  readonly forms: Readonly<Record<string, Json>>;
}
