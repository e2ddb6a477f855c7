/** Writes the figures that plans are estimated from, and compares such estimates with other runs. */
import { join } from 'node:path';
import type { Baseline, Deviation, Measured } from '../../src/records/baseline.ts';
import { deviationOf, estimate } from '../../src/report/estimate.ts';
import { concurrencyWhenMissing } from '../run/run-options.ts';
import { exitCodes } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { openRunFolder } from '../run/run-folder.ts';
import { baselineOfRun, figuresFile } from './read-baseline.ts';
import { writeWhole } from '../files/write-whole.ts';

/** @throws UsageError */
export function writeFigures(run: string, others: readonly string[]): number {
  const baseline = baselineOfRun('--figures', run);
  const checked = others.map((other) => compare(baseline, other));
  const all = checked.length === 0 ? baseline : { ...baseline, checked: worst(checked) };
  writeWhole(join(packageRoot, figuresFile), textOf(all));
  process.stdout.write(`${figuresFile}: ${Object.keys(baseline.clauses).length} clauses\n`);
  return exitCodes.conformant;
}

function compare(baseline: Baseline, folder: string): Deviation {
  const { measured } = baselineOfRun('--checked-by', folder);
  const { cases } = openRunFolder(folder).read().report;
  const executed = cases.flatMap(({ clause, exchanges }) => (exchanges > 0 ? [clause] : []));
  const estimated = estimate(executed, baseline, { kind: 'shipped', concurrency: concurrencyWhenMissing });
  const figures = ({ requests, durationMs, created }: Pick<Measured, 'requests' | 'durationMs' | 'created'>) =>
    new Map(Object.entries({ requests, ...created, durationMs }));
  const real = figures(measured);
  const words = [...figures(estimated)].map(
    ([name, seen]) => `${name} ${seen} estimated, ${real.get(name) ?? 0} measured`,
  );
  process.stdout.write(`${folder}, ${executed.length} cases: ${words.join(', ')}\n`);
  return deviationOf(estimated, measured);
}

function worst(all: readonly Deviation[]): Deviation {
  const largest = (of: (one: Deviation) => number): number => Math.max(...all.map(of));
  const types = new Set(all.flatMap(({ created }) => Object.keys(created)));
  return {
    runs: all.length,
    requests: largest(({ requests }) => requests),
    created: Object.fromEntries([...types].map((type) => [type, largest(({ created }) => created[type] ?? 0)])),
    durationMs: largest(({ durationMs }) => durationMs),
  };
}

/** One line per clause, for a readable diff. */
function textOf({ measured, checked, sets, clauses }: Baseline): string {
  const rows = (table: object): string =>
    Object.entries(table)
      .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const parts = [
    `  "measured": ${JSON.stringify(measured)}`,
    ...(checked ? [`  "checked": ${JSON.stringify(checked)}`] : []),
    `  "sets": {\n${rows(sets)}\n  }`,
    `  "clauses": {\n${rows(clauses)}\n  }`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}
