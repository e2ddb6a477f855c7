/** `run`: plans the cases, decides them, writes the run folder, sets the exit code. */
import { Command } from 'commander';
import { conductRun } from '../run/conduct-run.ts';
import { readRunOptions, type RawOptions } from '../run/run-options.ts';
import {
  collect,
  withFixtureOptions,
  withIdentityOptions,
  withLimitOptions,
  withReferenceOptions,
  withSelectingOptions,
  withSimulatorOption,
} from '../target-options.ts';

const command = new Command('run').description('Holds a target to the clauses; without a target, the embedded cloud.');
withIdentityOptions(command);
withSelectingOptions(command);
withLimitOptions(command);
withFixtureOptions(command);
withReferenceOptions(command);
withSimulatorOption(command);

export const runCommand = command
  .option('--output <folder>', 'the run folder; runs/<name> when missing')
  .option('--reporter <id>', 'only these formats; may be repeated', collect)
  .option('--waivers <file>', 'known failures with owner and end date; what fails as listed is waived')
  .option('--write-waivers <file>', 'propose waivers for what failed, for people to fill in')
  .option('--json', 'print report.json on stdout instead of the table')
  .action(async (raw: RawOptions) => {
    process.exitCode = await conductRun(readRunOptions(raw), process.argv.slice(2));
  });
