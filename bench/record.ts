/** What one bench has measured, as it is kept to be compared with another one. */
import { readFileSync } from 'node:fs';
import { UsageError } from '../cli/errors.ts';
import type { Budget } from './figures.ts';

export interface BenchRecord {
  readonly format: 'openstack-conformance/bench';
  readonly formatVersion: 1;
  readonly startedAt: string;
  readonly machine: {
    readonly node: string;
    readonly processor: string;
    readonly processors: number;
    /** Over the last minute before the first run. */
    readonly load: number;
  };
  readonly runs: number;
  readonly figures: readonly Figure[];
  readonly growths: readonly Grown[];
  /** Sentences: entries that were asked for and not measured. */
  readonly leftOut: readonly string[];
  /** Sentences: entries whose command did not do what it is measured for. */
  readonly failed: readonly string[];
}

export interface Figure {
  readonly entry: string;
  readonly figure: string;
  readonly unit: string;
  /** One for each run. */
  readonly values: readonly number[];
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly budget?: Budget;
  /** Of the median to the budget: over 1 it is missed, whichever way the budget goes. */
  readonly ratio?: number;
}

export interface Grown {
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly figure: string;
  /** How many times as much there is, and how many times the figure. */
  readonly units: number;
  readonly times: number;
  /** Over 1 it grows faster than what there is more of. */
  readonly perUnit: number;
  /** What each one that was added costs, without what the command takes anyway. */
  readonly each: { readonly value: number; readonly unit: string };
}

/** @throws UsageError */
export function readRecord(file: string): BenchRecord {
  const record = parsed(file);
  if (record?.format === 'openstack-conformance/bench' && record.formatVersion === 1) return record as BenchRecord;
  throw new UsageError(`${file} is no record of a bench; write one with --json FILE.`);
}

function parsed(file: string): Partial<BenchRecord> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchRecord>;
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}
