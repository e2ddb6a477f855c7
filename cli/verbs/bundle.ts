/** `bundle`: packs a run folder and a product description into one archive, for a certification. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { exitCodes, UsageError } from '../errors.ts';
import { makeBundle } from '../bundle/make-bundle.ts';
import { withBundle } from '../verify/open-bundle.ts';
import { readProduct } from '../bundle/product.ts';
import { verifyFolder } from '../verify/verify-folder.ts';

interface Options {
  readonly product: string;
  readonly output: string;
  readonly anyContract?: true;
}

export const bundleCommand = new Command('bundle')
  .description('Pack a run folder and a product description into one archive, and verify it.')
  .argument('<run>', 'a run folder')
  .requiredOption('--product <file>', 'YAML: name, version, vendor, contact, and how to reproduce the run')
  .requiredOption('--output <file>', 'archive to write, such as acme-cloud-7.tar.gz')
  .option('--any-contract', 'accept a run that was tested against a contract other than that of this package')
  .action(async (run: string, { product, output, anyContract }: Options) => {
    if (!existsSync(product))
      throw new UsageError(`There is no product description ${product}. Pass a file by --product.`);
    if (existsSync(output))
      throw new UsageError(`${output} already exists; nothing was overwritten. Pass another file by --output.`);
    const read = readProduct(readFileSync(product, 'utf8'), product);
    if ('wrong' in read) throw new UsageError(read.wrong.join('\n'));
    const own = await verifyFolder(run, { anyContract });
    if (own.refused !== undefined) throw new UsageError(`The run cannot be verified: ${own.refused}`);
    await makeBundle(run, product, output);
    const { refused, held } = await withBundle(output, (folder) => verifyFolder(folder, { anyContract }));
    process.stdout.write([...held, ...(refused === undefined ? [] : [`Refused: ${refused}`]), output, ''].join('\n'));
    process.exitCode = refused === undefined ? exitCodes.conformant : exitCodes.nonConformant;
  });
