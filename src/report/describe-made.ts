/** Words which identities an administrator created for the run alone. */
import { printable } from './printable.ts';
import type { TargetFacts } from '../records/run-facts.ts';

/** Undefined when all were given. */
export function describeMade({ identities }: Pick<TargetFacts, 'identities'>): string | undefined {
  const made = identities.filter((identity) => identity.made === true).map(({ role }) => printable(role));
  return made.length === 0 ? undefined : `created for this run: ${made.join(', ')}`;
}
