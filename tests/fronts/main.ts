/**
 * Runs all clauses against ordinary clouds: intermittent errors, slow responses, broken connections, several regions,
 * flavors without a disk, availability zones. Writes a table of the results.
 *
 * Exit code 0: no case failed, and `verify` accepted every run folder; 1: otherwise.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { rows } from './rows.ts';
import { lineOf, undecided, writeTable } from './table.ts';
import { runWhole, type Outcome } from './whole-run.ts';

interface Options {
  readonly only?: string;
  readonly include: readonly string[];
  readonly output: string;
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const program = new Command('fronts')
  .description('Run all clauses on volume attachments against simulators that behave like ordinary clouds.')
  .option('--only <ids>', `run only these clouds: ${rows.map(({ id }) => id).join(',')}`)
  .option(
    '--include <glob>',
    'limit each run to these clauses, and do not write the table; may be repeated',
    collect,
    [],
  )
  .option('--output <folder>', 'the folder for the run folders', 'runs/fronts');

program.parse();
process.exitCode = await runAll(program.opts<Options>());

async function runAll({ only, include, output }: Options): Promise<number> {
  const selected = only?.split(',');
  const chosen = rows.filter(({ id }) => selected?.includes(id) ?? true);
  mkdirSync(resolve(output), { recursive: true });
  const outcomes: Outcome[] = [];
  for (const row of chosen) {
    const outcome = await runWhole(
      row,
      resolve(output),
      include.flatMap((glob) => ['--include', glob]),
    );
    outcomes.push(outcome);
    process.stdout.write(`${[lineOf(outcome), ...undecided(outcome)].join('\n    ')}\n`);
    if (include.length === 0) writeTable(outcomes);
  }
  return outcomes.length > 0 && outcomes.every(isAccepted) ? 0 : 1;
}

function isAccepted({ report, verified }: Outcome): boolean {
  return report?.counts.cases.fail === 0 && report.leaks.length === 0 && verified === 0;
}
