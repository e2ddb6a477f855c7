/** Whether a run folder is consistent, as `verify --json` prints it. */
import type { Of } from './declaration.ts';
import { flag, list, note, object, optional, text } from './declare.ts';

export const verification = object({
  ok: flag,
  refused: optional(note('The first inconsistency as one sentence; missing when there is none.', text)),
  held: note('What was checked and found correct, as sentences.', list(text)),
});
export interface Verification extends Of<typeof verification> {}
