/** A run folder and the description of a product, as one archive; the same input gives the same bytes. */
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { statementFile, manifestFile, signatureFile } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';
import { productFile } from './product.ts';

/** Where the run stands in a bundle. */
export const runPlace = 'run';

export async function makeBundle(run: string, product: string, output: string): Promise<void> {
  const stage = mkdtempSync(join(tmpdir(), 'osc-bundle-'));
  try {
    copyFileSync(product, join(stage, productFile));
    cpSync(run, join(stage, runPlace), { recursive: true, filter: (from) => !from.endsWith('running.json') });
    const own = [manifestFile, statementFile, signatureFile].filter((file) => existsSync(join(run, file)));
    const paths = [...filesOf(run).map(({ path }) => path), ...own].sort().map((path) => `${runPlace}/${path}`);
    const gzip = { portable: true } as const;
    await create({ file: output, cwd: stage, gzip, portable: true, mtime: new Date(0), noDirRecurse: true }, [
      productFile,
      ...paths,
    ]);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
