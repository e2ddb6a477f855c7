/** `run`: plans the cases, decides them, writes the run folder, sets the exit code. */
import { Command } from 'commander';
import { conductRun } from '../run/conduct-run.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { onItsTarget, openEarlier } from '../runs/earlier-run.ts';
import { readRunKind, type RunKindOptions } from '../runs/read-run-kind.ts';
import { collect, withKeepOption, withPartOptions, withRunOptions } from '../target-options.ts';

const command = new Command('run').description('Holds a target to the clauses; without a target, the embedded cloud.');
withRunOptions(command);
withPartOptions(command);
withKeepOption(command);

export const runCommand = command
  .option('--output <folder>', 'the run folder; runs/<name> when missing')
  .option('--reporter <id or file>', 'only these formats, or a module with one of your own; may be repeated', collect)
  .option('--waivers <file>', 'known failures with owner and end date; what fails as listed is waived')
  .option('--write-waivers <file>', 'propose waivers for what failed, for people to fill in')
  .option('--debug', 'write debug.log into the run folder: every request and reply, without secrets')
  .option('--deadline <time>', 'what the run may take, such as 90s, 30m or 1h; a quarter of it is kept for clean-up')
  .option('--json', 'print report.json on stdout instead of the table')
  .option('--baseline <run>', 'tell the difference to that run, and keep it in diff.json and diff.md')
  .option('--fail-on <what>', 'with --baseline, regression: the exit code is by what held before and does not any more')
  .action(async (raw: RawOptions & RunKindOptions) => {
    const options = readRunOptions(raw);
    const earlier = raw.failedIn === undefined ? undefined : openEarlier(raw.failedIn);
    const kind = readRunKind(raw, earlier);
    const settled = earlier ? onItsTarget(options, earlier) : options;
    process.exitCode = await conductRun(settled, process.argv.slice(2), kind);
  });
