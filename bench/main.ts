/**
 * Measures whole commands over several runs and prints each figure with its budget. A missed budget is reported and is
 * not a failure; compare figures of one bench, or of two on the same machine.
 *
 * Exit code 0: all selected entries were measured; 1: a command failed; 3: bad options.
 */
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { UsageError, exitCodes } from '../cli/errors.ts';
import { packageRoot } from '../cli/package-root.ts';
import { count } from '../cli/whole-number.ts';
import { figuresOf, grownBy } from './arithmetic.ts';
import { choose } from './choose.ts';
import { entries, growths } from './entries.ts';
import { BenchError } from './errors.ts';
import { identityOptions, type Roles } from './identity-options.ts';
import { measure } from './measure.ts';
import { readRecord, type BenchRecord } from './record.ts';
import { runEntries } from './run-entries.ts';
import { formatTables } from './table.ts';

interface Options extends Omit<Roles, 'member'> {
  readonly osCloud?: string;
  readonly runs: string;
  readonly only?: string;
  readonly all?: true;
  readonly reference?: string;
  readonly json?: string;
  readonly against?: string;
}

const program = new Command('bench')
  .exitOverride()
  .description('Measure whole commands and print each figure with its budget and their ratio.')
  .argument('[further...]', 'after --: further options for the run on a real cloud')
  .option('--runs <number>', 'number of runs of each command', '3')
  .option(
    '--only <names>',
    `measure only these entries, separated by commas: ${entries.map(({ name }) => name).join(', ')}`,
  )
  .option('--all', 'include the entries that take minutes')
  .option('--reference <dir>', 'reference tree of Nova; default: ../shared/reference/nova-2026-08, if it exists')
  .option('--json <file>', 'write the figures to this file')
  .option('--against <file>', 'print the ratio to the figures in this file')
  .option('--os-cloud <cloud>', 'also measure a run on a real cloud; the member: an entry of clouds.yaml')
  .option('--reader <cloud>', 'a reader of the same project')
  .option('--other <cloud>', 'a member of another project')
  .option('--admin <cloud>', 'an administrator')
  .option('--service <cloud>', 'a user with the service role')
  .action(async (further: readonly string[], options: Options) => {
    process.exitCode = await bench(further, options);
  });

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (!(error instanceof UsageError || error instanceof BenchError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.nonConformant;
}

async function bench(further: readonly string[], options: Options): Promise<number> {
  const runs = count('--runs', options.runs, 1);
  const before = options.against === undefined ? undefined : readRecord(options.against);
  if (options.json !== undefined) refuseUnwritable(options.json);
  const { osCloud } = options;
  const cloud = identityOptions({ ...options, ...(osCloud !== undefined && { member: osCloud }) });
  if (cloud.length === 0 && further.length > 0)
    throw new UsageError(`${further.join(' ')}: further options need --os-cloud CLOUD.`);
  const reference = referenceTree(options.reference);
  const { chosen, leftOut } = choose(entries, {
    ...(options.only !== undefined && { only: options.only.split(',') }),
    ...{ all: options.all ?? false, reference, hasCloud: cloud.length > 0 },
  });
  const startedAt = new Date().toISOString();
  const machine = thisMachine();
  const { values, failed } = await inFolder(async (folder, isStopped) =>
    runEntries({
      ...{ entries: chosen, known: entries, runs, folder, reference: reference ?? '', cloud: [...cloud, ...further] },
      ...{ env: process.env, measure, log: (line) => void process.stderr.write(`${line}\n`), isStopped },
    }),
  );
  const figures = chosen.flatMap((entry) => figuresOf(entry, values.get(entry.name) ?? []));
  const record: BenchRecord = {
    ...{ format: 'openstack-conformance/bench', formatVersion: 1, startedAt, machine, runs, figures, leftOut },
    growths: growths.flatMap((growth) => grownBy(growth, figures)),
    failed: [...failed].map(([name, why]) => `Failed: ${name}; ${why}`),
  };
  process.stdout.write(formatTables(record, before));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(record, undefined, 1)}\n`);
  return failed.size > 0 ? exitCodes.nonConformant : exitCodes.conformant;
}

function thisMachine(): BenchRecord['machine'] {
  const all = cpus();
  const [load = 0] = loadavg();
  return { node: process.version, processor: all[0]?.model ?? 'unknown', processors: all.length, load };
}

/** Checks before the first measurement, without changing the contents of the file. @throws UsageError */
function refuseUnwritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (cause) {
    throw new UsageError(`--json: cannot write ${file}: ${(cause as Error).message}`, { cause });
  }
}

/** @throws UsageError */
function referenceTree(named: string | undefined): string | undefined {
  if (named !== undefined && !existsSync(named)) throw new UsageError(`--reference: there is no folder ${named}.`);
  const usual = join(packageRoot, '../shared/reference/nova-2026-08');
  return named ?? (existsSync(usual) ? usual : undefined);
}

/** A temporary folder for the bench; a signal stops the bench after the current command, which gets the signal too. */
async function inFolder<T>(work: (folder: string, isStopped: () => boolean) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'osc-bench-'));
  let isStopped = false;
  const stop = (): void => void (isStopped = true);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(folder, () => isStopped);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    rmSync(folder, { recursive: true, force: true });
  }
}
