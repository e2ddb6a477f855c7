/**
 * Whole runs on clouds as they are: servers that fail now and then, are late or cut connections, several regions, flavors
 * without a disk, zones. Writes the table of them.
 *
 * Exit code 0: nothing failed, and every run folder is accepted; 1: not so.
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
  .description('Run all clauses on volume attachments against simulators that are like ordinary clouds.')
  .option('--only <ids>', `some of them: ${rows.map(({ id }) => id).join(',')}`)
  .option('--include <glob>', 'keeps each run short, and leaves the table as it is; may be repeated', collect, [])
  .option('--output <folder>', 'where the run folders go', 'runs/fronts');

program.parse();
process.exitCode = await runAll(program.opts<Options>());

async function runAll({ only, include, output }: Options): Promise<number> {
  const wanted = only?.split(',');
  const chosen = rows.filter(({ id }) => wanted?.includes(id) ?? true);
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
  return outcomes.length > 0 && outcomes.every(isGood) ? 0 : 1;
}

function isGood({ report, verified }: Outcome): boolean {
  return report?.counts.cases.fail === 0 && report.leaks.length === 0 && verified === 0;
}
