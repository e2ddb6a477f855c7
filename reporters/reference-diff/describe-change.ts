/** A change as a phrase: its kind, its place, the values before and after. */
import type { KindEntry } from '../../src/reference-diff/change-kinds.ts';
import type { Change, ReferenceDiff } from '../../src/reference-diff/model.ts';

/** The words for each kind of change. */
export type KindTable = Readonly<Record<string, KindEntry>>;

export function describeChange({ kind, place, before, after }: Change, kinds: KindTable): string {
  const words = kinds[kind]?.words ?? kind;
  const values = before !== undefined && after !== undefined ? ` (${before} -> ${after})` : '';
  const alone = before === undefined || after === undefined ? (before ?? after) : undefined;
  return [words, place, alone === undefined ? '' : `"${alone}"`].filter((part) => part !== '').join(' ') + values;
}

export function isSentence({ kind }: Change): boolean {
  return kind === 'sentence-added' || kind === 'sentence-removed';
}

/** `16 operations differ: 3 breaking, 12 compatible and 1 text-only changes; 40 sentences were added or removed`. */
export function describeFigures({ operations }: ReferenceDiff): string {
  const changes = operations.flatMap((operation) => operation.changes);
  const count = (name: Change['class']): number => {
    return changes.filter((change) => change.class === name && !isSentence(change)).length;
  };
  const sentences = changes.filter(isSentence).length;
  return (
    `${operations.length} operations differ: ${count('breaking')} breaking, ${count('compatible')} compatible and ` +
    `${count('text')} text-only changes; ${describeSentences(sentences)}`
  );
}

export function describeSentences(count: number): string {
  return count === 1 ? 'one sentence was added or removed' : `${count} sentences were added or removed`;
}

export function describeSides({ before, after }: ReferenceDiff): readonly string[] {
  return [before, after].map(({ name, operations, newest }) => {
    return `${name}: ${operations} operations${newest === undefined ? '' : `, up to microversion ${newest}`}`;
  });
}
