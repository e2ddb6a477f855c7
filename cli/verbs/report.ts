/** `report`: renders a run again from its folder, or makes one of its shards; the same run gives the same bytes. */
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
import { mergeFolders } from '../runs/merge.ts';
import { terminalStyle } from '../terminal-style.ts';

interface Options {
  readonly reporter?: readonly string[];
  readonly output?: string;
  readonly writeWaivers?: string;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const reportCommand = new Command('report')
  .description('Renders a run again from its folder, or puts the shards of one together.')
  .argument('<runs...>', 'a run folder, or those of all shards')
  .option('--reporter <id or file>', 'only these formats, or a module with one of your own; may be repeated', collect)
  .option('--write-waivers <file>', 'propose waivers for what failed, for people to fill in')
  .option('--output <folder>', 'where the shards are put together')
  .action(async (runs: readonly string[], { reporter, output, writeWaivers }: Options) => {
    refuseExisting(writeWaivers);
    const tell: Telling = { chosen: await chooseReporters(reporter), writeWaivers };
    process.exitCode = output === undefined ? renderAgain(runs, tell) : putTogether(runs, output, tell);
  });

interface Telling {
  readonly chosen: readonly Reporter[];
  readonly writeWaivers: string | undefined;
}

function renderAgain([run = '', ...others]: readonly string[], telling: Telling): number {
  if (others.length > 0) throw new UsageError('Several runs are put together in a folder; add --output FOLDER.');
  render(openRunFolder(run), telling);
  return exitCodes.conformant;
}

/** The exit code is that of the whole. */
function putTogether(runs: readonly string[], output: string, telling: Telling): number {
  const folder = mergeFolders(runs, output);
  render(folder, telling);
  const record = folder.read();
  process.stdout.write(renderTerminal(record, terminalStyle()));
  return exitCode(record.report);
}

function render(folder: RunFolder, { chosen, writeWaivers }: Telling): void {
  const record = folder.read();
  writeProposal(writeWaivers, record);
  for (const each of chosen) {
    const files = each.render(record);
    folder.write(files);
    process.stderr.write(`${wordWritten(folder.path, files)}\n`);
  }
  sealFolder(folder.path, record.report);
}

/** One line a format: the file, or how many there are in which folder. */
function wordWritten(folder: string, files: readonly ReportFile[]): string {
  const [first, ...others] = files.map(({ path }) => path);
  if (first === undefined) return `${folder}: nothing to write`;
  if (others.length === 0) return join(folder, first);
  return `${join(folder, dirname(first))}: ${files.length} files`;
}
