/** `refute`: every clause goes on trial under the faults that it names, and every fault against all clauses. */
import { Command } from 'commander';
import { refute, type RefuteOptions } from '../refute/refute.ts';
import { isProven, tellRefutation } from '../refute/tell-refutation.ts';

interface Options {
  readonly fault?: readonly string[];
  readonly clause?: readonly string[];
  readonly named?: true;
  readonly json?: true;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const refuteCommand = new Command('refute')
  .description('Proves the suite: every clause holds on a cloud without defects, and fails under the faults it names.')
  .option('--fault <glob>', 'only these faults; may be repeated', collect)
  .option('--clause <glob>', 'only these clauses; may be repeated', collect)
  .option('--named', 'each fault against the clauses that name it, and no others')
  .option('--json', 'tell it as JSON')
  .action(async (raw: Options) => {
    const options: RefuteOptions = {
      faults: raw.fault ?? [],
      clauses: raw.clause ?? [],
      namedOnly: raw.named === true,
      tell: (line) => void process.stderr.write(`${line}\n`),
    };
    const refutation = await refute(options);
    const told = raw.json
      ? `${JSON.stringify({ ...refutation, kills: Object.fromEntries(refutation.kills) }, null, 1)}\n`
      : tellRefutation(refutation);
    process.stdout.write(told);
    process.exitCode = isProven(refutation.account) ? 0 : 1;
  });
