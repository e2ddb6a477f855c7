/** Packs a run folder and a product description into one archive; the same input gives the same bytes. */
import { cpSync, copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { asWriteError } from '../files/write-error.ts';
import { statementFile, manifestFile, signatureFile } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';
import { productFile } from './product.ts';

/** The folder of the run in a bundle. */
export const runFolder = 'run';

/** @throws WriteError; there is no archive then */
export async function makeBundle(run: string, product: string, output: string): Promise<void> {
  let staging: string | undefined;
  // Written under a temporary name first, so that an incomplete archive is never left.
  const temporary = `${output}.${process.pid}.new`;
  let target = tmpdir();
  try {
    staging = mkdtempSync(join(tmpdir(), 'osc-bundle-'));
    copyFileSync(product, join(staging, productFile));
    cpSync(run, join(staging, runFolder), { recursive: true, filter: (from) => !from.endsWith('running.json') });
    const own = [manifestFile, statementFile, signatureFile].filter((file) => existsSync(join(run, file)));
    const paths = [...filesOf(run).map(({ path }) => path), ...own].sort().map((path) => `${runFolder}/${path}`);
    const gzip = { portable: true } as const;
    target = output;
    await create({ file: temporary, cwd: staging, gzip, portable: true, mtime: new Date(0), noDirRecurse: true }, [
      productFile,
      ...paths,
    ]);
    renameSync(temporary, output);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asWriteError(target, error);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
  }
}
