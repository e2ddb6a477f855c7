/** `sign`: writes a signature of the statement of a run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { signatureFile, statementFile } from '../../src/report/manifest.ts';
import { UsageError } from '../errors.ts';
import { writeWhole } from '../files/write-whole.ts';
import { checkFiles } from '../verify/check-files.ts';
import { signatureOf } from '../verify/ssh-signature.ts';

export const signCommand = new Command('sign')
  .description('Sign a run folder: its statement, which covers every file in it.')
  .argument('<run>', 'a run folder')
  .requiredOption('--key <file>', 'SSH key, as for ssh-keygen -Y sign')
  .action((run: string, { key }: { readonly key: string }) => {
    const statement = join(run, statementFile);
    if (!existsSync(statement))
      throw new UsageError(`${run} has no ${statementFile}. Create it by: openstack-conformance report ${run}`);
    const files = checkFiles(run);
    if ('refused' in files) throw new UsageError(`${files.refused} Nothing was signed.`);
    writeWhole(join(run, signatureFile), signatureOf(statement, key));
    process.stderr.write(`${join(run, signatureFile)}\n`);
  });
