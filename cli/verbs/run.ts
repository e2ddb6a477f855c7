/** `run`: plans the cases, executes them, writes the run folder, sets the exit code. */
import { Command } from 'commander';
import { executeRun } from '../run/execute-run.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { onItsTarget, openEarlier } from '../run-folders/earlier-run.ts';
import { readRunKind, type RunKindOptions } from '../run-folders/read-run-kind.ts';
import { collect, withKeepOption, withPartOptions, withRunOptions } from '../target-options.ts';

const command = new Command('run').description(
  'Test a target against the clauses; without a target, test the embedded cloud.',
);
withRunOptions(command);
withPartOptions(command);
withKeepOption(command);

export const runCommand = command
  .option('--output <folder>', 'run folder (default: runs/<name>)')
  .option('--reporter <id or file>', 'only these formats, or a module with your own; repeatable', collect)
  .option('--waivers <file>', 'known failures with owner and expiry date; what fails as listed is waived')
  .option('--write-waivers <file>', 'write a proposal of waivers for the failures, to be filled in')
  .option('--debug', 'write debug.log into the run folder: every request and response, without secrets')
  .option('--deadline <time>', 'finish within this time, such as 90s, 30m or 1h; a quarter is reserved for clean-up')
  .option('--json', 'print report.json on stdout instead of the table')
  .option('--baseline <run>', 'compare with that run, and write diff.json and diff.md')
  .option('--fail-on <what>', 'with --baseline: regression sets the exit code by what passed before and no longer does')
  .action(async (raw: RawOptions & RunKindOptions) => {
    const options = readRunOptions(raw);
    const earlier = raw.failedIn === undefined ? undefined : openEarlier(raw.failedIn);
    const kind = readRunKind(raw, earlier);
    const targeted = earlier ? onItsTarget(options, earlier) : options;
    process.exitCode = await executeRun(targeted, process.argv.slice(2), kind);
  });
