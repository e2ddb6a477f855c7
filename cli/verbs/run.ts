/** `run`: plans the cases, decides them, writes the run folder, sets the exit code. */
import { Command } from 'commander';
import { conductRun } from '../run/conduct-run.ts';
import { readRunOptions, type RawOptions } from '../run/run-options.ts';

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const runCommand = new Command('run')
  .description('Holds a target to the clauses; without a target, the embedded cloud.')
  .option('--os-cloud <cloud>', 'the member: an entry of clouds.yaml')
  .option('--reader <cloud>', 'a reader of the same project')
  .option('--other <cloud>', 'a member of another project')
  .option('--admin <cloud>', 'an administrator')
  .option('--service <cloud>', 'a user with the service role')
  .option('--include <glob>', 'operations, clauses or cases to run; may be repeated', collect)
  .option('--exclude <glob>', 'operations, clauses or cases to leave out; may be repeated', collect)
  .option('--level <level>', 'the weakest level to run: must, should or may', 'may')
  .option('--microversions <list>', 'such as 2.1,2.60-2.79,latest')
  .option('--sweep', 'every microversion instead of the first and last of each revision')
  .option('--concurrency <number>', 'cases at the same time', '8')
  .option('--max-servers <number>', 'servers at the same time', '24')
  .option('--max-volumes <number>', 'volumes at the same time', '60')
  .option('--patience <factor>', 'multiplies every limit of time: 3 for a slow cloud, 0.1 for a fast one')
  .option('--flavor <id>', 'the flavor of servers; the smallest when missing')
  .option('--image <id>', 'the image of servers; the smallest when missing')
  .option('--network <id>', 'the network of servers; none when missing')
  .option('--volume-type <name>', 'the type of volumes; the default when missing')
  .option('--capability <name>', 'what the target can do; NAME=no, what it cannot; may be repeated', collect)
  .option('--reference <dir>', 'hold the target to this API reference instead of that of specs/')
  .option('--reference-base <dir>', 'where it finds parameters and samples that it does not bring')
  .option('--reference-manifest <file>', 'its manifest: a file, or the name of one in specs/compute/manifests')
  .option('--simulator-maximum <microversion>', 'use the embedded cloud, playing this release')
  .option('--output <folder>', 'the run folder; runs/<name> when missing')
  .option('--reporter <id>', 'only these formats; may be repeated', collect)
  .option('--json', 'print report.json on stdout instead of the table')
  .action(async (raw: RawOptions) => {
    process.exitCode = await conductRun(readRunOptions(raw), process.argv.slice(2));
  });
