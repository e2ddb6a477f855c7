/** `cleanup`: removes what an interrupted run left, from its ledger, and nothing else. */
import { Command } from 'commander';
import { cleanUp } from '../run/clean-up.ts';
import { readRunOptions, type RawOptions } from '../run/run-options.ts';

export const cleanupCommand = new Command('cleanup')
  .description('Removes what an interrupted run left behind, by its ledger, and nothing else.')
  .argument('<run>', 'a run folder, or a copy of its journal.ndjson and ledger.ndjson')
  .option('--os-cloud <cloud>', 'the member: an entry of clouds.yaml')
  .option('--reader <cloud>', 'a reader of the same project')
  .option('--other <cloud>', 'a member of another project, where the run had one')
  .option('--admin <cloud>', 'an administrator, for what a member cannot free')
  .option('--service <cloud>', 'a user with the service role')
  .action(async (run: string, raw: RawOptions) => {
    const options = { ...raw, level: 'may', concurrency: '8', maxServers: '24', maxVolumes: '60' };
    process.exitCode = await cleanUp(run, readRunOptions(options));
  });
