/** A bundle as somebody else handed it over: unpacked where it can do no harm, looked at, and thrown away. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, list } from 'tar';
import { printable } from '../../src/report/printable.ts';
import { runPlace } from './make-bundle.ts';
import { productFile, readProduct } from './product.ts';
import type { Verified } from './verify-folder.ts';

/** What no bundle of ours comes near. */
const mostBytes = 2_000_000_000;
const mostFiles = 100_000;

export async function withBundle(file: string, verify: (folder: string) => Promise<Verified>): Promise<Verified> {
  const stage = mkdtempSync(join(tmpdir(), 'osc-verify-'));
  try {
    const odd = await oddness(file);
    if (odd !== undefined) return { refused: odd, held: [] };
    await extract({ file, cwd: stage, strict: true });
    const place = join(stage, productFile);
    if (!existsSync(place)) return { refused: `The bundle has no ${productFile}.`, held: [] };
    const read = readProduct(readFileSync(place, 'utf8'), productFile);
    if ('wrong' in read) return { refused: read.wrong.join(' '), held: [] };
    const { name, version, vendor, contact } = read.product;
    const told = `The product is ${printable(name)} ${printable(version)} of ${printable(vendor)}; contact ${printable(contact)}.`;
    const verified = await verify(join(stage, runPlace));
    return { ...verified, held: [told, ...verified.held] };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Why an archive is not unpacked. */
async function oddness(file: string): Promise<string | undefined> {
  let [bytes, files] = [0, 0];
  let odd: string | undefined;
  try {
    await list({
      file,
      strict: true,
      onReadEntry: ({ path, type, size }) => {
        files += 1;
        bytes += size;
        const isOurs = path === productFile || path.startsWith(`${runPlace}/`);
        if (!isOurs || path.split('/').includes('..'))
          odd ??= `The bundle has ${printable(path)}, which belongs to no run.`;
        if (type !== 'File' && type !== 'OldFile') odd ??= `The bundle has ${printable(path)}, which is no plain file.`;
      },
    });
  } catch {
    return `${file} is no bundle: it cannot be read as an archive.`;
  }
  if (bytes > mostBytes || files > mostFiles) return 'The bundle is larger than any run.';
  return odd ?? (files === 0 ? `${file} is no bundle: there is nothing in it.` : undefined);
}
