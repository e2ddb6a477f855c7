/**
 * Ordered checks: an operation lists its reasons to refuse a request; the first that applies decides the response.
 */

import type { Refusal } from './refusal.ts';

/** A reason to refuse, or undefined when the subject passes. */
export type Check<Subject> = (subject: Subject) => Refusal | undefined;

/** @throws the Refusal of the first check, in the given order, that the subject does not pass. */
export function pass<Name extends string, Subject>(
  order: readonly Name[],
  checks: Readonly<Record<Name, Check<Subject>>>,
  subject: Subject,
): void {
  for (const name of order) {
    const refusal = checks[name](subject);
    if (refusal) throw refusal;
  }
}
