/** Verifies a bundle of another party: unpacks it into a temporary folder, which is removed afterwards. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, list } from 'tar';
import { printable } from '../../src/report/printable.ts';
import { runFolder } from '../bundle/make-bundle.ts';
import { productFile, readProduct } from '../bundle/product.ts';
import type { Verified } from './verify-folder.ts';

/** Limits far above any real bundle. */
const mostBytes = 2_000_000_000;
const mostFiles = 100_000;

export async function withBundle(file: string, verify: (folder: string) => Promise<Verified>): Promise<Verified> {
  const unpacked = mkdtempSync(join(tmpdir(), 'osc-verify-'));
  try {
    const defect = await defectOf(file);
    if (defect !== undefined) return { refused: defect, held: [] };
    await extract({ file, cwd: unpacked, strict: true });
    const product = join(unpacked, productFile);
    if (!existsSync(product)) return { refused: `The bundle has no ${productFile}.`, held: [] };
    const read = readProduct(readFileSync(product, 'utf8'), productFile);
    if ('wrong' in read) return { refused: read.wrong.join(' '), held: [] };
    const { name, version, vendor, contact } = read.product;
    const sentence = `The product is ${printable(name)} ${printable(version)} of ${printable(vendor)}; contact ${printable(contact)}.`;
    const verified = await verify(join(unpacked, runFolder));
    return { ...verified, held: [sentence, ...verified.held] };
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

/** Why an archive must not be unpacked. */
async function defectOf(file: string): Promise<string | undefined> {
  let [bytes, files] = [0, 0];
  let defect: string | undefined;
  try {
    await list({
      file,
      strict: true,
      onReadEntry: ({ path, type, size }) => {
        files += 1;
        bytes += size;
        const isOurs = path === productFile || path.startsWith(`${runFolder}/`);
        if (!isOurs || path.split('/').includes('..'))
          defect ??= `The bundle contains ${printable(path)}, which does not belong to a run.`;
        if (type !== 'File' && type !== 'OldFile')
          defect ??= `The bundle contains ${printable(path)}, which is not a plain file.`;
      },
    });
  } catch {
    return `${file} is not a bundle: it cannot be read as an archive.`;
  }
  if (bytes > mostBytes || files > mostFiles) return 'The bundle is larger than any run.';
  return defect ?? (files === 0 ? `${file} is not a bundle: it is empty.` : undefined);
}
