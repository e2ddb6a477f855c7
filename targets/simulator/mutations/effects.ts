/** Operators on the effect: the accepted request has none, or the work that follows never completes. */

import { type Mutated, type Mutation, mutation } from './mutation.ts';

export function effectMutations(one: Mutated): readonly Mutation[] {
  const { effect, delays = {} } = one.rules;
  const skipped = mutation(
    one,
    'skip-effect',
    `The endpoint ${one.name} accepts a request and changes nothing.`,
    () => ({ effect: () => undefined }),
  );
  return [...(effect ? [skipped] : []), ...Object.keys(delays).map((step) => endless(one, step))];
}

function endless(one: Mutated, step: string): Mutation {
  const summary = `The step ${step} after a response of the endpoint ${one.name} never completes.`;
  return mutation(one, `never-complete:${step}`, summary, ({ delays }) => ({
    delays: { ...delays, [step]: Infinity },
  }));
}
