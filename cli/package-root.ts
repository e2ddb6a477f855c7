/** The folder of this package, found from the sources and from the build. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  const file = join(folder, 'package.json');
  if (
    existsSync(file) &&
    (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'openstack-conformance'
  ) {
    return folder;
  }
  const parent = dirname(folder);
  if (parent === folder) throw new Error('This module is not in the package openstack-conformance.');
  return findRoot(parent);
}
