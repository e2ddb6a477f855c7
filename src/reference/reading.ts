/**
 * What one reading of a tree shares: the trees to look files up in, the report, and each file read once.
 */
import type { Position, Report } from '../diagnostic.ts';
import { repairedText } from './repaired-text.ts';
import { folderOf, joinPath, withAncestors, type ReferenceTree } from './tree.ts';

/** A file that was found for an argument. */
export interface FoundFile {
  readonly tree: ReferenceTree;
  readonly file: string;
}

export interface Reading {
  readonly report: Report;
  /** The tree that is read, then the base that fills its gaps, if any. */
  readonly trees: readonly ReferenceTree[];
}

/**
 * Finds the file that a directive names: beside the fragment, then in each folder above it, in every tree in turn.
 * A leading slash begins at the folder of `index.rst`.
 */
export function findFile(reading: Reading, argument: string, fragment: string): FoundFile | undefined {
  const [own] = reading.trees;
  if (!own) return undefined;
  for (const tree of reading.trees) {
    for (const folder of searchedFolders(tree, own, argument, fragment)) {
      const file = joinPath(folder, argument);
      if (file !== undefined && file !== '' && tree.read(file)) return { tree, file };
    }
  }
  return undefined;
}

/** The folders in which one tree is searched; the fragment lies in the first tree. */
function searchedFolders(
  tree: ReferenceTree,
  own: ReferenceTree,
  argument: string,
  fragment: string,
): readonly string[] {
  if (argument.startsWith('/')) return [tree.source];
  if (tree === own) return withAncestors(folderOf(fragment));
  const below = folderOf(fragment).slice(own.source.length);
  const folder = joinPath(tree.source, below);
  return folder === undefined ? [] : withAncestors(folder);
}

/** The text of a file, with its flaws as a text reported; a refusal is reported at the place that asked for it. */
export function readText({ tree, file }: FoundFile, at: Position, report: Report): string | undefined {
  const found = tree.read(file);
  if (!found) return undefined;
  if ('text' in found && !found.text.includes('\0')) return repairedText(found.text, file, report);
  const reason = 'refused' in found ? found.refused : 'it is not a text';
  const message = `${file} is not read: ${reason}`;
  report({ severity: 'error', code: 'unreadable-file', at, message, expected: 'a text file inside the tree' });
  return undefined;
}

/** Calls `make` once per key. */
export function onePerKey<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, { readonly value: T }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}
