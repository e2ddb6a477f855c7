/** A warning about certificates that were not verified; undefined when all were. */
import { printable } from './printable.ts';
import type { TargetFacts } from '../records/run-facts.ts';

export function describeInsecure({ insecure = [] }: TargetFacts): string | undefined {
  if (insecure.length === 0) return undefined;
  const roles = insecure.map((role) => printable(role)).join(', ');
  return `Certificates were not verified for ${roles}: anyone between client and target could read and change the traffic.`;
}
