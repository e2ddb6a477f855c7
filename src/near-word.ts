/** Finds the word that a writer meant: misspelt keys, directives and labels. */

/** The word at most two edits away from `word`, or undefined; an edit is a letter added, lost, changed or swapped. */
export function nearWord(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const allowed = word.length < 5 ? 1 : 2;
  return words.find((candidate) => {
    return Math.abs(candidate.length - lower.length) <= allowed && mistakes(lower, candidate) <= allowed;
  });
}

/** The words that are most like `word`, the nearest first; none that differs from it by more than a third. */
export function nearestWords(word: string, words: readonly string[], most: number): readonly string[] {
  const lower = word.toLowerCase();
  return words
    .map((candidate) => ({ candidate, distance: mistakes(lower, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(lower.length, candidate.length) / 3)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** The number of slips between two words: the optimal string alignment distance. */
function mistakes(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) row.push(cheapest(a, b, i, j, { row, above, before }));
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}

interface Rows {
  readonly row: readonly number[];
  readonly above: readonly number[];
  readonly before: readonly number[];
}

function cheapest(a: string, b: string, i: number, j: number, { row, above, before }: Rows): number {
  const same = a[i - 1] === b[j - 1];
  const plain = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(plain, (before[j - 2] ?? 0) + 1) : plain;
}
