/**
 * JSON Schema 2020-12 as this project writes it, with the annotations that lead back to the contract.
 *
 * `x-clause` names the clause that a value is held to, `x-closed` those that a surplus key departs from, `x-source`
 * the place in the texts; inner schemas repeat it only where it differs from that of the whole. `x-confidence` says of each
 * member whether the text states it, a sample shows it, or it is inferred. In files a clause of the file's own operation
 * begins with `#`.
 */
import type { Confidence } from '../contract/model.ts';
import type { Json } from '../json.ts';

export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** A schema where the keys of a map are not fixed. */
  readonly additionalProperties?: false | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly Json[];
  readonly 'x-clause'?: string;
  readonly 'x-closed'?: ClosedBy;
  readonly 'x-source'?: string;
  readonly 'x-confidence'?: Confidence;
}

export interface ClosedBy {
  readonly clause: string;
  /** For keys that other microversions know, the clause that says that this one does not. */
  readonly absent?: Readonly<Record<string, string>>;
}

/** They lead to our clauses and texts. */
export const references = ['x-clause', 'x-closed', 'x-source'] as const satisfies readonly (keyof JsonSchema)[];

export const annotations = [...references, 'x-confidence'] as const satisfies readonly (keyof JsonSchema)[];

export const dialect = 'https://json-schema.org/draft/2020-12/schema';
