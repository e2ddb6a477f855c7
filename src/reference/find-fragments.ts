/** Where reading starts: `index.rst`, or every fragment of a tree that has none. */
import type { ReferenceTree } from './tree.ts';

const DEEPEST_FOLDER = 6;

export function findFragments(tree: ReferenceTree): readonly string[] {
  if (tree.only !== undefined) return [tree.only];
  const index = tree.source === '' ? 'index.rst' : `${tree.source}/index.rst`;
  return tree.read(index) ? [index] : fragmentsIn(tree, tree.source, 0);
}

/** Fragments with operations that an index does not lead to; none where there is no index. */
export function unreachableFragments(tree: ReferenceTree, read: ReadonlySet<string>): readonly string[] {
  const [start] = findFragments(tree);
  if (tree.only !== undefined || !start?.endsWith('index.rst')) return [];
  return fragmentsIn(tree, tree.source, 0).filter((file) => !read.has(file) && holdsOperation(tree, file));
}

/** By name, files before folders; texts of another kind count when they contain a `rest_method`. */
function fragmentsIn(tree: ReferenceTree, folder: string, depth: number): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = tree.list(folder).filter((name) => !name.startsWith('.') && name !== 'node_modules/');
  const files = names.map((name) => `${prefix}${name}`).filter((file) => isFragment(tree, file));
  if (depth === DEEPEST_FOLDER) return files;
  const folders = names.filter((name) => name.endsWith('/')).map((name) => `${prefix}${name.slice(0, -1)}`);
  return [...files, ...folders.flatMap((below) => fragmentsIn(tree, below, depth + 1))];
}

function isFragment(tree: ReferenceTree, file: string): boolean {
  if (file.endsWith('.inc')) return true;
  return (file.endsWith('.rst') || file.endsWith('.txt')) && holdsOperation(tree, file);
}

function holdsOperation(tree: ReferenceTree, file: string): boolean {
  const found = tree.read(file);
  return found !== undefined && 'text' in found && found.text.includes('.. rest_method::');
}
