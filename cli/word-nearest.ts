/** Suggests what a user may have meant by a name that is unknown. */
import { nearestWords } from '../src/near-word.ts';

/** ` Nearest: a, b.`, with a space before it; empty where nothing is like it. */
export function wordNearest(name: string, known: readonly string[]): string {
  const nearest = nearestWords(name, known, 3);
  return nearest.length === 0 ? '' : ` Nearest: ${nearest.join(', ')}.`;
}
