/** `verify`: checks that a run folder or a bundle is consistent. Exit code 0, or 1 with one sentence. */
import { statSync } from 'node:fs';
import { Command } from 'commander';
import { printable, printableJson } from '../../src/report/printable.ts';
import type { Verification } from '../../src/records/verification.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { loadSuites } from '../extension-suites/load-suites.ts';
import { collect } from '../target-options.ts';
import { withBundle } from '../verify/open-bundle.ts';
import { verifyFolder, type VerifyOptions } from '../verify/verify-folder.ts';

interface Options extends Omit<VerifyOptions, 'suites'> {
  readonly suite?: readonly string[];
  readonly json?: true;
}

export const verifyCommand = new Command('verify')
  .description('Check hashes, signature and completeness of a run, and evaluate every case again from its evidence.')
  .argument('<run>', 'a run folder, or a bundle')
  .option('--allowed-signers <file>', 'who may sign, in the format of ssh-keygen; requires a signature')
  .option('--signer <name>', 'who of them must be the signer')
  .option('--suite <file>', 'also evaluate the clauses of this module; repeatable', collect)
  .option('--any-contract', 'accept a run that was tested against a contract other than that of this package')
  .option('--json', 'print JSON; its schema is src/records/verification.schema.json')
  .action(async (run: string, { json, suite = [], ...rest }: Options) => {
    const options: VerifyOptions = { ...rest, suites: await loadSuites(suite) };
    if (options.signer !== undefined && options.allowedSigners === undefined) {
      throw new UsageError('--signer needs a list of signers. Pass --allowed-signers FILE.');
    }
    const verified = isFolder(run)
      ? await verifyFolder(run, options)
      : await withBundle(run, (folder) => verifyFolder(folder, options));
    const { held, refused } = verified;
    const verification: Verification = { ok: refused === undefined, ...verified };
    if (json) process.stdout.write(`${printableJson(JSON.stringify(verification, null, 1))}\n`);
    else process.stdout.write([...held, ...(refused === undefined ? [] : [`Refused: ${refused}`])].map(line).join(''));
    process.exitCode = refused === undefined ? exitCodes.conformant : exitCodes.nonConformant;
  });

/** The folder may come from another party, so that its text must not control a terminal or a CI runner. */
function line(sentence: string): string {
  return `${printable(sentence, 4000)}\n`;
}

/** @throws UsageError */
function isFolder(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`${path} does not exist. Pass a run folder or a bundle.`);
  return stats.isDirectory();
}
