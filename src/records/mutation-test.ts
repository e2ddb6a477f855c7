/** The result of a mutation test, as `mutation-test --json` prints it. */
import type { Of } from './declaration.ts';
import { amount, count, define, list, map, note, object, text } from './declare.ts';

const why = note('The last verdict, or the reason.', text);
const clauseWhy = list(object({ clause: text, why }));

const reportSchema = object({
  clauses: count,
  faults: count,
  kills: count,
  proven: note('Clauses that failed under every fault of this mutation run that they name.', count),
  killed: note('Killed faults: at least one clause failed under them; without those declared equivalent.', count),
  unsound: note('Cases that fail, or are not decided, without a fault.', clauseWhy),
  deviating: note(
    'Cases in which the cloud of the user deviates without a fault, so that they cannot show one.',
    clauseWhy,
  ),
  missed: note(
    'Clauses that name a fault which does not make them fail.',
    list(object({ clause: text, fault: text, why })),
  ),
  unknown: note('Names of faults that do not exist.', list(object({ clause: text, fault: text }))),
  unproven: note('Clauses that fail under no fault.', list(text)),
  survivors: note(
    'Surviving faults: no clause fails under them, and they are not declared equivalent.',
    list(object({ fault: text, summary: text })),
  ),
  equivalents: note('Equivalent faults: no client can detect them.', list(object({ fault: text, why }))),
  mistaken: note('Faults declared equivalent that are not.', list(object({ fault: text, clause: text }))),
});
export interface MutationReport extends Of<typeof reportSchema> {}

export const mutationTest = object({
  report: define<MutationReport>('mutationReport', reportSchema),
  kills: note('Faults by id, with the clauses that failed under them, in order.', map(list(text))),
  durationMs: amount,
  trials: note('Pairs of a clause and a fault that were run.', count),
  reused: note('Recorded kills that were not repeated.', count),
});
export interface MutationTestReport extends Of<typeof mutationTest> {}
