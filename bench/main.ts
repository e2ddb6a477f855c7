/**
 * The budgets of the product: each figure beside its budget, from whole commands over several runs. What is over a budget
 * is told and no failure; compare figures of one bench, or of two on the same machine.
 *
 * Exit code 0: everything that was asked for was measured; 1: a command did not do what it is measured for; 3: bad options.
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
import { playAll } from './play.ts';
import { readRecord, type BenchRecord } from './record.ts';
import { tell } from './table.ts';

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
  .description('Measures whole commands and prints each figure, its budget and the ratio of the two.')
  .argument('[further...]', 'after --: further options of the run on a real cloud')
  .option('--runs <number>', 'how often each command is run', '3')
  .option('--only <names>', `only these, with commas between them: ${entries.map(({ name }) => name).join(', ')}`)
  .option('--all', 'also what takes minutes')
  .option('--reference <dir>', 'a reference tree of Nova; ../shared/reference/nova-2026-08 where it is there')
  .option('--json <file>', 'keep the figures in this file')
  .option('--against <file>', 'tell the ratio to the figures of that file')
  .option('--os-cloud <cloud>', 'measure a run on a real cloud too; the member: an entry of clouds.yaml')
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
  process.exitCode = fate(error);
}

function fate(error: unknown): number {
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
    throw new UsageError(`${further.join(' ')} goes with --os-cloud CLOUD.`);
  const reference = referenceTree(options.reference);
  const { chosen, leftOut } = choose(entries, {
    ...(options.only !== undefined && { only: options.only.split(',') }),
    ...{ all: options.all ?? false, reference, hasCloud: cloud.length > 0 },
  });
  const startedAt = new Date().toISOString();
  const machine = thisMachine();
  const { values, failed } = await inFolder(async (folder, isStopped) =>
    playAll({
      ...{ entries: chosen, known: entries, runs, folder, reference: reference ?? '', cloud: [...cloud, ...further] },
      ...{ env: process.env, measure, tell: (line) => void process.stderr.write(`${line}\n`), isStopped },
    }),
  );
  const figures = chosen.flatMap((entry) => figuresOf(entry, values.get(entry.name) ?? []));
  const record: BenchRecord = {
    ...{ format: 'openstack-conformance/bench', formatVersion: 1, startedAt, machine, runs, figures, leftOut },
    growths: growths.flatMap((growth) => grownBy(growth, figures)),
    failed: [...failed].map(([name, why]) => `Failed: ${name}; ${why}`),
  };
  process.stdout.write(tell(record, before));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(record, undefined, 1)}\n`);
  return failed.size > 0 ? exitCodes.nonConformant : exitCodes.conformant;
}

function thisMachine(): BenchRecord['machine'] {
  const all = cpus();
  const [load = 0] = loadavg();
  return { node: process.version, processor: all[0]?.model ?? 'unknown', processors: all.length, load };
}

/** Before anything is measured. What is in the file stays until then. @throws UsageError */
function refuseUnwritable(file: string): void {
  try {
    closeSync(openSync(file, 'a'));
  } catch (cause) {
    throw new UsageError(`--json ${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

/** @throws UsageError */
function referenceTree(named: string | undefined): string | undefined {
  if (named !== undefined && !existsSync(named)) throw new UsageError(`There is no reference at ${named}.`);
  const usual = join(packageRoot, '../shared/reference/nova-2026-08');
  return named ?? (existsSync(usual) ? usual : undefined);
}

/** For the time of the bench; a signal stops it after the command under way, which gets the signal too. */
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
