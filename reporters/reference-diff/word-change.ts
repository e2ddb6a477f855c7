/** A change as a phrase: what happened, to what, from what to what. */
import type { KindEntry } from '../../src/difference/change-kinds.ts';
import type { Change, ReferenceDiff } from '../../src/difference/model.ts';

/** What is said of each kind, as the table of kinds has it. */
export type KindTable = Readonly<Record<string, KindEntry>>;

export function wordChange({ kind, place, before, after }: Change, kinds: KindTable): string {
  const words = kinds[kind]?.words ?? kind;
  const turned = before !== undefined && after !== undefined ? ` (${before} -> ${after})` : '';
  const alone = before === undefined || after === undefined ? (before ?? after) : undefined;
  return [words, place, alone === undefined ? '' : `"${alone}"`].filter((part) => part !== '').join(' ') + turned;
}

export function isSentence({ kind }: Change): boolean {
  return kind === 'sentence-added' || kind === 'sentence-removed';
}

/** `3 breaking, 12 compatible, 1 text only; 40 sentences differ`. */
export function wordFigures({ operations }: ReferenceDiff): string {
  const changes = operations.flatMap((operation) => operation.changes);
  const count = (name: Change['class']): number => {
    return changes.filter((change) => change.class === name && !isSentence(change)).length;
  };
  const sentences = changes.filter(isSentence).length;
  return (
    `${operations.length} operations differ: ${count('breaking')} breaking, ${count('compatible')} compatible and ` +
    `${count('text')} text-only changes; ${sentences} sentences are new or gone`
  );
}

export function wordSides({ before, after }: ReferenceDiff): readonly string[] {
  return [before, after].map(({ name, operations, newest }) => {
    return `${name}: ${operations} operations${newest === undefined ? '' : `, up to microversion ${newest}`}`;
  });
}
