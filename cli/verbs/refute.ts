/** `refute`: every clause goes on trial under the faults that it names, and every fault against all clauses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { needsRepository } from '../needs-repository.ts';
import { packageRoot } from '../package-root.ts';
import { killTableFile, lostKills, unlikeFaults, writeKillTable } from '../refute/kill-table.ts';
import { refute, type RefuteOptions } from '../refute/refute.ts';
import { refuteTarget } from '../refute/refute-target.ts';
import { isProven, tellRefutation } from '../refute/tell-refutation.ts';
import { readRunOptions, type RunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import {
  collect,
  withFixtureOptions,
  withIdentityOptions,
  withPaceOption,
  withRoomOptions,
} from '../target-options.ts';
import { writeWhole } from '../files/write-whole.ts';

interface Options extends RawOptions {
  readonly fault?: readonly string[];
  readonly clause?: readonly string[];
  readonly named?: true;
  readonly all?: true;
  readonly write?: true;
  readonly check?: true;
}

const command = new Command('refute');
withIdentityOptions(command);
withFixtureOptions(command);
withRoomOptions(command);
withPaceOption(command);

export const refuteCommand = command
  .description('Proves the suite: every clause holds on a cloud without defects, and fails under the faults it names.')
  .option('--fault <glob>', 'only these faults; may be repeated', collect)
  .option('--clause <glob>', 'only these clauses; may be repeated', collect)
  .option('--named', 'each fault against the clauses that name it, and no others')
  .option('--all', 'each fault against all clauses that it can touch, even where one has fallen')
  .option('--output <folder>', 'where the ledger of what is made on the cloud goes')
  .option('--write', `write the table of kills, ${killTableFile}`)
  .option('--check', 'exit with 1 too when the table is stale')
  .option('--json', 'tell it as JSON')
  .action(async (raw: Options) => {
    const isPart = [raw.fault, raw.clause, raw.named, raw.osCloud, raw.target].some((one) => one !== undefined);
    if (isPart && (raw.write || raw.check)) {
      throw new UsageError(
        '--write and --check are about the whole table: without --fault, --clause, --named, --os-cloud, --target.',
      );
    }
    if (raw.write || raw.check) needsRepository('refute --check and --write');
    const options: RefuteOptions = {
      faults: raw.fault ?? [],
      clauses: raw.clause ?? [],
      against: raw.all ? 'all' : raw.named ? 'named' : 'enough',
      tell: (line) => void process.stderr.write(`${line}\n`),
    };
    const target = cloudOf(raw);
    const refutation = target ? await refuteTarget(target, options) : await refute(options);
    const told = raw.json
      ? `${JSON.stringify({ ...refutation, kills: Object.fromEntries(refutation.kills) }, null, 1)}\n`
      : tellRefutation(refutation);
    process.stdout.write(told);
    const table = writeKillTable(refutation);
    if (raw.write && isProven(refutation.account)) writeWhole(join(packageRoot, killTableFile), table);
    else if (raw.write) process.stderr.write(`${killTableFile} stays as it was: not everything is proven.\n`);
    const stale = raw.check ? staleness(table) : [];
    process.stderr.write(stale.map((line) => `${line}\n`).join(''));
    process.exitCode = isProven(refutation.account) && stale.length === 0 ? 0 : 1;
  });

/** Sentences about faults that only the committed table has, or only this round. Kills that are named must be seen anyway. */
function staleness(table: string): readonly string[] {
  const committed = readFileSync(join(packageRoot, killTableFile), 'utf8');
  for (const pair of lostKills(committed, table)) {
    process.stderr.write(`${killTableFile} says ${pair}; it was not seen this time.\n`);
  }
  return unlikeFaults(committed, table).map(
    (fault) => `${killTableFile} is stale for ${fault}; run npm run refutation.`,
  );
}

/** Options of the embedded cloud's refutation as well; all others speak of a cloud of the user's own. */
const ofAnyTarget: ReadonlySet<string> = new Set(['fault', 'clause', 'named', 'all', 'write', 'check', 'json']);

/** A cloud of the user's own; undefined for the embedded one. @throws UsageError for options that are of no use there. */
function cloudOf(raw: Options): RunOptions | undefined {
  const options = readRunOptions(raw);
  if (options.clouds.member !== undefined) return options;
  const idle = refuteCommand.options.filter(
    (option) => !ofAnyTarget.has(option.attributeName()) && option.attributeName() in raw,
  );
  if (idle.length === 0) return undefined;
  throw new UsageError(
    `${idle.map(({ long }) => long).join(', ')}: the refutation on the embedded cloud has no use for it; name a cloud of your own by --os-cloud CLOUD or a profile with clouds.`,
  );
}
