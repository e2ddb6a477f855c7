/** `report`: renders a run again from its folder, or merges its shards; the same run gives the same bytes. */
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { renderTerminal } from '../../reporters/terminal.ts';
import type { Reporter, ReportFile } from '../../src/report/record.ts';
import { exitCode } from '../../src/report/run-verdict.ts';
import { exitCodes, UsageError } from '../errors.ts';
import { chooseReporters } from '../run/choose-reporters.ts';
import { openRunFolder, type RunFolder } from '../run/run-folder.ts';
import { sealFolder } from '../run/seal-folder.ts';
import { refuseExisting, writeProposal } from '../run/write-proposal.ts';
import { mergeFolders } from '../run-folders/merge.ts';
import { terminalStyle } from '../terminal-style.ts';

interface Options {
  readonly reporter?: readonly string[];
  readonly output?: string;
  readonly writeWaivers?: string;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const reportCommand = new Command('report')
  .description('Render the reports of a run again, or merge the shards of a run.')
  .argument('<runs...>', 'a run folder, or the folders of all shards')
  .option('--reporter <id or file>', 'only these formats, or a module with your own; repeatable', collect)
  .option('--write-waivers <file>', 'write a proposal of waivers for the failures, to be filled in')
  .option('--output <folder>', 'folder of the merged run')
  .action(async (runs: readonly string[], { reporter, output, writeWaivers }: Options) => {
    refuseExisting(writeWaivers);
    const wanted: WantedReports = { chosen: await chooseReporters(reporter), writeWaivers };
    process.exitCode = output === undefined ? renderAgain(runs, wanted) : merge(runs, output, wanted);
  });

interface WantedReports {
  readonly chosen: readonly Reporter[];
  readonly writeWaivers: string | undefined;
}

function renderAgain([run = '', ...others]: readonly string[], wanted: WantedReports): number {
  if (others.length > 0) throw new UsageError('Several runs need a folder to be merged in. Pass --output FOLDER.');
  render(openRunFolder(run), wanted);
  return exitCodes.conformant;
}

/** Returns the exit code of the merged run. */
function merge(runs: readonly string[], output: string, wanted: WantedReports): number {
  const folder = mergeFolders(runs, output);
  render(folder, wanted);
  const record = folder.read();
  process.stdout.write(renderTerminal(record, terminalStyle()));
  return exitCode(record.report);
}

function render(folder: RunFolder, { chosen, writeWaivers }: WantedReports): void {
  const record = folder.read();
  writeProposal(writeWaivers, record);
  for (const each of chosen) {
    const files = each.render(record);
    folder.write(files);
    process.stderr.write(`${describeWritten(folder.path, files)}\n`);
  }
  sealFolder(folder.path, record.report);
}

/** One line per format: the file, or the folder and the number of files. */
function describeWritten(folder: string, files: readonly ReportFile[]): string {
  const [first, ...others] = files.map(({ path }) => path);
  if (first === undefined) return `${folder}: nothing to write`;
  if (others.length === 0) return join(folder, first);
  return `${join(folder, dirname(first))}: ${files.length} files`;
}
