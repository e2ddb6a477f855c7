/**
 * A tree of source files, as the reader sees it: nothing but names and texts.
 *
 * `load-tree.ts` gives one over a folder on disk; `treeOf` gives one over texts in memory.
 */

/** Names are relative to the root of the tree, with `/` between folders; `''` is the root. */
export interface ReferenceTree {
  /** The folder of `index.rst`, `parameters.yaml` and the fragments: `api-ref/source`, or `''`. */
  readonly source: string;
  /** When only one fragment is to be read: its name. */
  readonly only?: string;
  /** Undefined when there is no such file. */
  readonly read: (file: string) => TreeFile | undefined;
  /** Names in a folder, folders with a trailing `/`, in order; empty when there is no such folder. */
  readonly list: (folder: string) => readonly string[];
}

/** The text of a file, or why it was not read. */
export type TreeFile = { readonly text: string } | { readonly refused: string };

/** A tree over texts in memory. */
export function treeOf(files: Readonly<Record<string, string>>, source = ''): ReferenceTree {
  const texts = new Map(Object.entries(files));
  return {
    source,
    read: (file) => {
      const text = texts.get(file);
      return text === undefined ? undefined : { text };
    },
    list: (folder) => namesIn(folder, [...texts.keys()]),
  };
}

/** The folder of a file, `''` for one at the root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 0));
}

/** The last part of a file name. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Joins and folds `.` and `..`; undefined when the result lies outside the tree. */
export function joinPath(folder: string, name: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

/** The folder itself and all above it, nearest first, the root last. */
export function withAncestors(folder: string): readonly string[] {
  return folder === '' ? [''] : [folder, ...withAncestors(folderOf(folder))];
}

function namesIn(folder: string, files: readonly string[]): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = files
    .filter((file) => file.startsWith(prefix))
    .map((file) => {
      const rest = file.slice(prefix.length);
      const slash = rest.indexOf('/');
      return slash < 0 ? rest : rest.slice(0, slash + 1);
    });
  return [...new Set(names)].sort();
}
