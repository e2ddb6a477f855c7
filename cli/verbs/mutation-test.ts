/** `mutation-test`: runs every clause under the faults that it names, and every fault against all clauses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { needsRepository } from '../needs-repository.ts';
import { packageRoot } from '../package-root.ts';
import { killTableFile, lostKills, readKillTable, unlikeFaults, writeKillTable } from '../mutation-test/kill-table.ts';
import { testMutants, type MutationTestOptions } from '../mutation-test/mutation-test.ts';
import { mutationTestTarget } from '../mutation-test/test-target.ts';
import { isProven, renderMutationTest } from '../mutation-test/render-mutation-test.ts';
import { readRunOptions, type RunOptions } from '../run/run-options.ts';
import { type RawOptions } from '../run/raw-options.ts';
import {
  collect,
  withFixtureOptions,
  withIdentityOptions,
  withPaceOption,
  withCapacityOptions,
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

const command = new Command('mutation-test');
withIdentityOptions(command);
withFixtureOptions(command);
withCapacityOptions(command);
withPaceOption(command);

export const mutationTestCommand = command
  .description(
    'Test the suite: every clause must pass on a cloud without defects, and fail under the faults that it names.',
  )
  .option('--fault <glob>', 'only these faults; repeatable', collect)
  .option('--clause <glob>', 'only these clauses; repeatable', collect)
  .option('--named', 'try each fault against the clauses that name it only')
  .option('--all', 'try each fault against all clauses that it can affect, even if one has failed')
  .option('--output <folder>', 'folder for the ledger of what is created on the cloud')
  .option('--write', `write the kill table, ${killTableFile}`)
  .option('--check', 'repeat the kills of the kill table only, and exit with 1 if one is lost or the table is stale')
  .option('--json', 'print JSON')
  .action(async (raw: Options) => {
    const isPart = [raw.fault, raw.clause, raw.named, raw.osCloud, raw.target].some((one) => one !== undefined);
    if (isPart && (raw.write || raw.check)) {
      throw new UsageError(
        '--write and --check need the whole table. Leave out --fault, --clause, --named, --os-cloud and --target.',
      );
    }
    if (raw.check && (raw.all || raw.write)) {
      throw new UsageError(
        '--check repeats the kills of the kill table; --all and --write try every clause. Leave out one.',
      );
    }
    if (raw.write || raw.check) needsRepository('mutation-test --check and --write');
    const options: MutationTestOptions = {
      faults: raw.fault ?? [],
      clauses: raw.clause ?? [],
      against: raw.check ? readKillTable(committedTable()) : raw.all ? 'all' : raw.named ? 'named' : 'enough',
      progress: (line) => void process.stderr.write(`${line}\n`),
    };
    const target = cloudOf(raw);
    const mutationTest = target ? await mutationTestTarget(target, options) : await testMutants(options);
    const text = raw.json
      ? `${JSON.stringify({ ...mutationTest, kills: Object.fromEntries(mutationTest.kills) }, null, 1)}\n`
      : renderMutationTest(mutationTest);
    process.stdout.write(text);
    const table = writeKillTable(mutationTest);
    if (raw.write && isProven(mutationTest.account)) writeWhole(join(packageRoot, killTableFile), table);
    else if (raw.write) process.stderr.write(`${killTableFile} was not written, because not everything is proven.\n`);
    const stale = raw.check ? staleness(table) : [];
    process.stderr.write(stale.map((line) => `${line}\n`).join(''));
    process.exitCode = isProven(mutationTest.account) && stale.length === 0 ? 0 : 1;
  });

function committedTable(): string {
  return readFileSync(join(packageRoot, killTableFile), 'utf8');
}

/** Sentences about faults that are only in the committed table or only in this one. Lost kills are printed. */
function staleness(table: string): readonly string[] {
  const committed = committedTable();
  for (const pair of lostKills(committed, table)) {
    process.stderr.write(`${killTableFile} lists the kill ${pair}, which did not occur.\n`);
  }
  return unlikeFaults(committed, table).map(
    (fault) => `${killTableFile} is stale for ${fault}. Run npm run mutation-test.`,
  );
}

/** Options that also apply to the embedded cloud; all others apply to a cloud of the user only. */
const ofAnyTarget: ReadonlySet<string> = new Set(['fault', 'clause', 'named', 'all', 'write', 'check', 'json']);

/** The cloud of the user; undefined for the embedded one. @throws UsageError for options that do not apply to that */
function cloudOf(raw: Options): RunOptions | undefined {
  const options = readRunOptions(raw);
  if (options.clouds.member !== undefined) return options;
  const unused = mutationTestCommand.options.filter(
    (option) => !ofAnyTarget.has(option.attributeName()) && option.attributeName() in raw,
  );
  if (unused.length === 0) return undefined;
  throw new UsageError(
    `${unused.map(({ long }) => long).join(', ')}: not applicable to the embedded cloud. Pass a cloud by --os-cloud CLOUD, or a profile with clouds by --target.`,
  );
}
