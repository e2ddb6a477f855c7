/** `cleanup`: removes what an interrupted run left behind, according to its ledger. */
import { Command } from 'commander';
import { cleanUp } from '../run/clean-up.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { withIdentityOptions, withPaceOptions, withSuiteOption } from '../target-options.ts';

const command = new Command('cleanup')
  .description('Remove what an interrupted run left behind, according to its ledger, and nothing else.')
  .argument('<run>', 'a run folder, or a copy of its journal.ndjson and ledger.ndjson');

// For a run that created its own identities, as its ledger shows, an administrator alone is enough.
export const cleanupCommand = withSuiteOption(withPaceOptions(withIdentityOptions(command))).action(
  async (run: string, raw: RawOptions) => {
    process.exitCode = await cleanUp(run, readRunOptions({ ...raw, dynamicCredentials: true }));
  },
);
