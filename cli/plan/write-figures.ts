/** Writes the figures that plans are estimated from, and compares such estimates with other runs. */
import { join } from 'node:path';
import type { Baseline, Deviation } from '../../src/records/baseline.ts';
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
  const words = (['requests', 'servers', 'volumes', 'durationMs'] as const).map(
    (key) => `${key} ${estimated[key]} estimated, ${measured[key]} measured`,
  );
  process.stdout.write(`${folder}, ${executed.length} cases: ${words.join(', ')}\n`);
  return deviationOf(estimated, measured);
}

function worst(all: readonly Deviation[]): Deviation {
  const largest = (key: keyof Deviation): number => Math.max(...all.map((one) => one[key]));
  return {
    runs: all.length,
    requests: largest('requests'),
    servers: largest('servers'),
    volumes: largest('volumes'),
    durationMs: largest('durationMs'),
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
