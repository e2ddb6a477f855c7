/**
 * A reference tree over a folder on disk: the only effect of the reader.
 *
 * Nothing outside the root is read, whatever links and paths say; files are read when they are asked for.
 */
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { baseName, folderOf, type ReferenceTree, type TreeFile } from './tree.ts';

const LARGEST_FILE = 16 * 1024 * 1024;

/**
 * The tree at a place: a project with `api-ref/source`, that folder itself, any folder with fragments, or one
 * fragment, which is then read alone. @throws the error of the file system when there is nothing at the place.
 */
export function loadTree(place: string): ReferenceTree {
  const path = realpathSync.native(resolve(place));
  const isFile = statSync(path).isFile();
  const { root, source } = findRoot(isFile ? dirname(path) : path);
  const tree = treeAt(root, source);
  if (!isFile) return tree;
  const name = basename(path);
  return { ...tree, only: source === '' ? name : `${source}/${name}` };
}

interface Root {
  readonly root: string;
  readonly source: string;
}

function findRoot(folder: string): Root {
  if (isFolder(join(folder, 'api-ref', 'source'))) return { root: folder, source: 'api-ref/source' };
  const above = dirname(folder);
  if (basename(folder) === 'api-ref' && isFolder(join(folder, 'source')))
    return { root: above, source: 'api-ref/source' };
  const isSource = basename(folder) === 'source' && basename(above) === 'api-ref';
  return isSource ? { root: dirname(above), source: 'api-ref/source' } : { root: folder, source: '' };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function treeAt(root: string, source: string): ReferenceTree {
  const folders = new Map<string, Folder>();
  const files = new Map<string, TreeFile | undefined>();
  const at = (folder: string): Folder => {
    const known = folders.get(folder) ?? readFolder(root, folder);
    folders.set(folder, known);
    return known;
  };
  return {
    source,
    list: (folder) => at(folder).names,
    read: (file) => {
      if (!files.has(file)) files.set(file, readFile(root, at(folderOf(file)), baseName(file)));
      return files.get(file);
    },
  };
}

interface Folder {
  readonly path: string;
  /** Folders with a trailing slash, in order. */
  readonly names: readonly string[];
  readonly files: ReadonlySet<string>;
  /** Those of the files that are links or something stranger: they are looked at before they are opened. */
  readonly links: ReadonlySet<string>;
}

function readFolder(root: string, folder: string): Folder {
  try {
    const path = realpathSync.native(join(root, folder));
    if (!isInside(root, path)) return emptyFolder;
    const entries = readdirSync(path, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return {
      path,
      names: entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort(),
      files: new Set(files.map(({ name }) => name)),
      links: new Set(files.filter((entry) => !entry.isFile()).map(({ name }) => name)),
    };
  } catch {
    return emptyFolder;
  }
}

const emptyFolder: Folder = { path: '', names: [], files: new Set(), links: new Set() };

function readFile(root: string, folder: Folder, name: string): TreeFile | undefined {
  if (!folder.files.has(name)) return undefined;
  const path = `${folder.path}${sep}${name}`;
  try {
    if (folder.links.has(name)) {
      if (!isInside(root, realpathSync.native(path))) return { refused: 'it is a link that leads out of the tree' };
      if (!statSync(path).isFile()) return { refused: 'it is not a file' };
    }
    if (statSync(path).size > LARGEST_FILE) return { refused: `it is larger than ${LARGEST_FILE} bytes` };
    return { text: readFileSync(path, 'utf8') };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return { refused: `it cannot be opened${code === undefined ? '' : ` (${code})`}` };
  }
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}
