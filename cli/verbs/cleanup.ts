/** `cleanup`: removes what an interrupted run left, from its ledger, and nothing else. */
import { Command } from 'commander';
import { cleanUp } from '../run/clean-up.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { withIdentityOptions, withPaceOptions } from '../target-options.ts';

const command = new Command('cleanup')
  .description('Removes what an interrupted run left behind, by its ledger, and nothing else.')
  .argument('<run>', 'a run folder, or a copy of its journal.ndjson and ledger.ndjson');

// An administrator alone is enough for a run that made its own identities; whether it did, its ledger tells.
export const cleanupCommand = withPaceOptions(withIdentityOptions(command)).action(
  async (run: string, raw: RawOptions) => {
    process.exitCode = await cleanUp(run, readRunOptions({ ...raw, dynamicCredentials: true }));
  },
);
