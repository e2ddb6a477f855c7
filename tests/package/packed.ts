/** The package as npm would make it, unpacked into a folder with the dependencies of this repository beside it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { extract } from 'tar';

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

const root = join(import.meta.dirname, '../..');
const nodeModules = join(root, 'node_modules');

interface Packed {
  readonly filename: string;
}

/** `folder` becomes one that has the package installed: `folder/node_modules/openstack-conformance`. */
export async function installPacked(folder: string): Promise<readonly PackedFile[]> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const told = execFileSync('npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [packed] = JSON.parse(told) as Packed[];
  if (!packed) throw new Error('npm pack made nothing');
  const store = join(folder, 'store');
  mkdirSync(store);
  await extract({ file: join(folder, packed.filename), cwd: store });
  // Its own dependencies stand beside it, as in a flat installation.
  const installed = join(folder, 'node_modules');
  mkdirSync(installed);
  const own = join(installed, 'openstack-conformance');
  renameSync(join(store, 'package'), own);
  for (const name of dependencies()) link(name, installed);
  return filesIn(own);
}

function filesIn(folder: string): readonly PackedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file), size: statSync(file).size }));
}

function dependencies(): readonly string[] {
  const told = readdirSync(nodeModules);
  return told.filter((name) => !['.bin', '.package-lock.json', '.vite', '.cache'].includes(name));
}

function link(name: string, installed: string): void {
  symlinkSync(join(nodeModules, name), join(installed, name));
}
