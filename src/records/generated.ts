/** What `schemas --json` prints: one line of JSON for each service. */
import type { Of } from './declaration.ts';
import { count, list, note, object, optional, text } from './declare.ts';

/** How generated files differ from those on disk, by their paths. */
export const driftFacts = {
  missing: note('With --check: not there; otherwise written.', list(text)),
  changed: note('With --check: different; otherwise overwritten.', list(text)),
  stale: note('With --check: no longer generated; otherwise removed.', list(text)),
};

export const generated = object({
  service: text,
  operations: count,
  revisions: count,
  files: count,
  complete: optional(
    note(
      'Operations with a complete body tree, or without a body; missing in an installed package, which has no texts.',
      count,
    ),
  ),
  ...driftFacts,
});
export interface Generated extends Of<typeof generated> {}
