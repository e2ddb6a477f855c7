/** The sentence about certificates that were not checked; undefined when all were. */
import { printable } from './printable.ts';
import type { TargetFacts } from './record.ts';

export function wordInsecure({ insecure = [] }: TargetFacts): string | undefined {
  if (insecure.length === 0) return undefined;
  const roles = insecure.map((role) => printable(role)).join(', ');
  return `Certificates were not checked for ${roles}: whoever stood between could read and change everything.`;
}
