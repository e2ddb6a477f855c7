/**
 * Representations as tables: one entry per field, with the microversions at which it is shown.
 */

import { includes, type Microversion, type MicroversionRange } from '../../../src/microversion.ts';
import type { Json, JsonObject } from './http.ts';

export interface Field<Subject> {
  readonly name: string;
  /** Every microversion when missing. */
  readonly range?: MicroversionRange;
  /** Undefined omits the field. */
  readonly value: (subject: Subject) => Json | undefined;
}

export function represent<Subject>(fields: readonly Field<Subject>[], subject: Subject, at: Microversion): JsonObject {
  const shown: Record<string, Json> = {};
  for (const { name, range, value } of fields) {
    if (range && !includes(range, at)) continue;
    const one = value(subject);
    if (one !== undefined) shown[name] = one;
  }
  return shown;
}
