/** Limits of scalar values. */
import type { Json } from '../json.ts';

/** Limits that a text or an erratum states; the names are those of JSON Schema. */
export interface Facets {
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly Json[];
}
