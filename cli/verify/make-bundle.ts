/** A run folder and the description of a product, as one archive; the same input gives the same bytes. */
import { cpSync, copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { asWriteError } from '../files/write-error.ts';
import { statementFile, manifestFile, signatureFile } from '../../src/report/manifest.ts';
import { filesOf } from '../run/seal-folder.ts';
import { productFile } from './product.ts';

/** Where the run stands in a bundle. */
export const runPlace = 'run';

/** @throws WriteError; there is no archive then */
export async function makeBundle(run: string, product: string, output: string): Promise<void> {
  let stage: string | undefined;
  // Beside its place first: half an archive is none.
  const beside = `${output}.${process.pid}.new`;
  let place = tmpdir();
  try {
    stage = mkdtempSync(join(tmpdir(), 'osc-bundle-'));
    copyFileSync(product, join(stage, productFile));
    cpSync(run, join(stage, runPlace), { recursive: true, filter: (from) => !from.endsWith('running.json') });
    const own = [manifestFile, statementFile, signatureFile].filter((file) => existsSync(join(run, file)));
    const paths = [...filesOf(run).map(({ path }) => path), ...own].sort().map((path) => `${runPlace}/${path}`);
    const gzip = { portable: true } as const;
    place = output;
    await create({ file: beside, cwd: stage, gzip, portable: true, mtime: new Date(0), noDirRecurse: true }, [
      productFile,
      ...paths,
    ]);
    renameSync(beside, output);
  } catch (error) {
    rmSync(beside, { force: true });
    throw asWriteError(place, error);
  } finally {
    if (stage !== undefined) rmSync(stage, { recursive: true, force: true });
  }
}
