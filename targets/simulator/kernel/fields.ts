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
  /** Whether it is shown at all, by who asks. */
  readonly isOpenTo?: (subject: Subject) => boolean;
}

export function represent<Subject>(fields: readonly Field<Subject>[], subject: Subject, at: Microversion): JsonObject {
  const shown: Record<string, Json> = {};
  for (const { name, range, value, isOpenTo } of fields) {
    if ((range && !includes(range, at)) || (isOpenTo && !isOpenTo(subject))) continue;
    const one = value(subject);
    if (one !== undefined) shown[name] = one;
  }
  return shown;
}

/** The same field of something that contains the subject. */
export function within<Outer, Inner>(
  { name, range, value, isOpenTo }: Field<Inner>,
  of: (outer: Outer) => Inner,
): Field<Outer> {
  return {
    name,
    ...(range && { range }),
    value: (outer) => value(of(outer)),
    ...(isOpenTo && { isOpenTo: (outer: Outer) => isOpenTo(of(outer)) }),
  };
}
