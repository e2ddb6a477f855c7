/** `mutation-test`: runs every clause under the faults that it names, and every fault against all clauses. */
import { Command } from 'commander';
import type { MutationTestReport } from '../../src/records/mutation-test.ts';
import { parseShard, type Shard } from '../../src/planning/shards.ts';
import { UsageError } from '../errors.ts';
import { isRepository, needsRepository } from '../needs-repository.ts';
import { testMutants, type MutationTest, type MutationTestOptions } from '../mutation-test/mutation-test.ts';
import { openRecords } from '../mutation-test/records/open-records.ts';
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

interface Options extends RawOptions {
  readonly fault?: readonly string[];
  readonly clause?: readonly string[];
  readonly named?: true;
  readonly all?: true;
  readonly write?: true;
  readonly check?: true;
  readonly fromScratch?: true;
  readonly shard?: string;
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
  .option('--from-scratch', 'reuse no recorded result')
  .option('--shard <i/n>', 'only this part of the faults, such as 2/4; not with --write')
  .option('--write', 'record the results in suites/<service>/<resource>/mutation.txt')
  .option(
    '--check',
    'repeat recorded kills that may have changed; exit with 1 if one is lost or a fault is not recorded',
  )
  .option('--json', 'print JSON; its schema is src/records/mutation-test.schema.json')
  .action(async (raw: Options) => {
    refuseContradictions(raw);
    const target = cloudOf(raw);
    const isWhole = partOptions.every((name) => raw[name] === undefined) && !raw.all;
    const options = optionsOf(raw);
    const records = isWhole && isRepository ? openRecords() : undefined;
    if (records) for (const sentence of records.warnings) process.stderr.write(`${sentence}\n`);
    const recall =
      records && ((subjects: MutationTest['subjects']) => records.recall(subjects, raw.fromScratch === true));
    const mutationTest = target ? await mutationTestTarget(target, options) : await testMutants(options, recall);
    process.stdout.write(raw.json ? jsonOf(mutationTest) : renderMutationTest(mutationTest));
    const isRight = isProven(mutationTest.report);
    const problems = raw.check && records ? records.problems(mutationTest) : [];
    process.stderr.write(problems.map((line) => `${line}\n`).join(''));
    if (raw.write && isRight) await (records ?? openRecords()).write(mutationTest);
    else if (raw.write) process.stderr.write('No results were recorded, because not everything is proven.\n');
    process.exitCode = isRight && problems.length === 0 ? 0 : 1;
  });

/** Options that select a part, or another cloud: recorded results are those of the whole on the embedded one. */
const partOptions = ['fault', 'clause', 'named', 'osCloud', 'target'] as const;

/** @throws UsageError */
function refuseContradictions(raw: Options): void {
  const isPart = partOptions.some((name) => raw[name] !== undefined);
  if (isPart && (raw.write || raw.check || raw.fromScratch)) {
    throw new UsageError(
      '--write, --check and --from-scratch need the whole. Leave out --fault, --clause, --named, --os-cloud and --target.',
    );
  }
  if (raw.check && (raw.all || raw.write)) {
    throw new UsageError('--check repeats recorded kills; --all and --write try every clause. Leave out one.');
  }
  if (raw.shard !== undefined && raw.write) {
    throw new UsageError(
      'A shard proves its own faults only, so that it cannot be recorded. Leave out --shard or --write.',
    );
  }
  if (raw.write || raw.check) needsRepository('mutation-test --check and --write');
}

function optionsOf(raw: Options): MutationTestOptions {
  return {
    faults: raw.fault ?? [],
    clauses: raw.clause ?? [],
    against: raw.check ? 'recorded' : raw.all ? 'all' : raw.named ? 'named' : 'enough',
    shard: raw.shard === undefined ? undefined : shardOf(raw.shard),
    progress: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** @throws UsageError */
function shardOf(text: string): Shard {
  const shard = parseShard(text);
  if (shard) return shard;
  throw new UsageError(`--shard ${text} is not a shard. Write i/n, such as 2/4 for the second of four.`);
}

function jsonOf({ report, kills, durationMs, trials, reused }: MutationTest): string {
  const json: MutationTestReport = { report, kills: Object.fromEntries(kills), durationMs, trials, reused };
  return `${JSON.stringify(json, null, 1)}\n`;
}

/** Options that also apply to the embedded cloud; all others apply to a cloud of the user only. */
const ofAnyTarget: ReadonlySet<string> = new Set([
  'fault',
  'clause',
  'named',
  'all',
  'write',
  'check',
  'fromScratch',
  'shard',
  'json',
]);

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
