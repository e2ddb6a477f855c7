/** `replay`: repeats one case of an earlier run. */
import { Command } from 'commander';
import { executeRun } from '../run/execute-run.ts';
import { readRunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import { onItsTarget, openEarlier } from '../run-folders/earlier-run.ts';
import { latestRun, replayKind } from '../run-folders/replay.ts';
import {
  withDynamicOption,
  withFixtureOptions,
  withIdentityOptions,
  withKeepOption,
  withLimitOptions,
  withReferenceOptions,
  withSimulatorOption,
  withSuiteOption,
} from '../target-options.ts';

const command = new Command('replay')
  .description('Repeat one case of an earlier run, on the embedded cloud if that run used it.')
  .argument('<case>', 'id of a case, such as compute/attach-volume#keeps-the-tag@2.104');
withIdentityOptions(command);
withDynamicOption(command);
withKeepOption(command);
withLimitOptions(command);
withFixtureOptions(command);
withReferenceOptions(command);
withSimulatorOption(command);
withSuiteOption(command);

export const replayCommand = command
  .option('--run <folder>', 'run folder with the case (default: the latest under runs/)')
  .option('--output <folder>', 'folder of the new run (default: runs/<name>)')
  .option('--json', 'print both results as JSON on stdout')
  .action(async (id: string, { run, ...raw }: RawOptions & { readonly run?: string }) => {
    const earlier = openEarlier(run ?? latestRun());
    const options = onItsTarget(readRunOptions(raw), earlier);
    const kind = replayKind(earlier, id, options.json);
    process.exitCode = await executeRun(options, process.argv.slice(2), kind);
  });
