/** `verify`: holds a run folder, or a bundle of one, to itself. Exit code 0, or 1 with one sentence. */
import { statSync } from 'node:fs';
import { Command } from 'commander';
import { printable, printableJson } from '../../src/report/printable.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { collect } from '../target-options.ts';
import { withBundle } from '../verify/open-bundle.ts';
import { verifyFolder, type VerifyOptions } from '../verify/verify-folder.ts';

interface Options extends Omit<VerifyOptions, 'suites'> {
  readonly suite?: readonly string[];
  readonly json?: true;
}

export const verifyCommand = new Command('verify')
  .description('Checks hashes, signature and completeness of a run, and judges every case again from its evidence.')
  .argument('<run>', 'a run folder, or a bundle')
  .option('--allowed-signers <file>', 'who may sign, in the form of ssh-keygen; the run has to be signed then')
  .option('--signer <name>', 'who of them has to be the signer')
  .option('--suite <file>', 'judge the clauses of this module again too; may be repeated', collect)
  .option('--any-contract', 'take runs that were held to another contract than that of this package')
  .option('--json', 'tell it as JSON')
  .action(async (run: string, { json, suite = [], ...rest }: Options) => {
    const options: VerifyOptions = { ...rest, suites: await loadSuites(suite) };
    if (options.signer !== undefined && options.allowedSigners === undefined) {
      throw new UsageError('--signer is looked up in a list of signers; add --allowed-signers FILE.');
    }
    const verified = isFolder(run)
      ? await verifyFolder(run, options)
      : await withBundle(run, (folder) => verifyFolder(folder, options));
    const { held, refused } = verified;
    if (json)
      process.stdout.write(`${printableJson(JSON.stringify({ ok: refused === undefined, ...verified }, null, 1))}\n`);
    else process.stdout.write([...held, ...(refused === undefined ? [] : [`Refused: ${refused}`])].map(line).join(''));
    process.exitCode = refused === undefined ? exitCodes.conformant : exitCodes.nonConformant;
  });

/** What a folder of somebody else says of itself gives no orders to a terminal or a runner. */
function line(sentence: string): string {
  return `${printable(sentence, 4000)}\n`;
}

/** @throws UsageError */
function isFolder(path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) throw new UsageError(`${path} is not there; name a run folder or a bundle.`);
  return there.isDirectory();
}
