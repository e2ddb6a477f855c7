/** `run`: plans the cases, decides them, writes the run folder, sets the exit code. */
import { Command } from 'commander';
import { conductRun } from '../run/conduct-run.ts';
import { readRunOptions, type RawOptions } from '../run/run-options.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const runCommand = new Command('run')
  .description('Holds a target to the clauses; without a target, the embedded cloud.')
  .option('--os-cloud CLOUD', 'the member: an entry of clouds.yaml')
  .option('--reader CLOUD', 'a reader of the same project')
  .option('--other CLOUD', 'a member of another project')
  .option('--admin CLOUD', 'an administrator')
  .option('--service CLOUD', 'a user with the service role')
  .option('--include GLOB', 'operations, clauses or cases to run; may be repeated', collect)
  .option('--exclude GLOB', 'operations, clauses or cases to leave out; may be repeated', collect)
  .option('--level LEVEL', 'the weakest level to run: must, should or may', 'may')
  .option('--microversions LIST', 'such as 2.1,2.60-2.79,latest')
  .option('--sweep', 'every microversion instead of the first and last of each revision')
  .option('--concurrency NUMBER', 'cases at the same time', '8')
  .option('--max-servers NUMBER', 'servers at the same time', '3')
  .option('--max-volumes NUMBER', 'volumes at the same time', '24')
  .option('--flavor ID', 'the flavor of servers; the smallest when missing')
  .option('--image ID', 'the image of servers; the smallest when missing')
  .option('--network ID', 'the network of servers; none when missing')
  .option('--volume-type NAME', 'the type of volumes; the default when missing')
  .option('--capability NAME[=no]', 'what the target can do, or cannot; may be repeated', collect)
  .option('--simulator-maximum MICROVERSION', 'use the embedded cloud, playing this release')
  .option('--output FOLDER', 'the run folder; runs/<name> when missing')
  .option('--reporter ID', 'only these formats; may be repeated', collect)
  .option('--json', 'print report.json on stdout instead of the table')
  .action(async (raw: RawOptions) => {
    process.exitCode = await conductRun(readRunOptions(raw), process.argv.slice(2));
  });
