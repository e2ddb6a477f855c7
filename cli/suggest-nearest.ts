/** Suggests known names that are similar to an unknown one. */
import { nearestWords } from '../src/near-word.ts';

/** ` Nearest: a, b.`, with a leading space; empty where no name is similar. */
export function describeNearest(name: string, known: readonly string[]): string {
  const nearest = nearestWords(name, known, 3);
  return nearest.length === 0 ? '' : ` Nearest: ${nearest.join(', ')}.`;
}
