/** The result of a bench, as stored for comparison with another one. */
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
  /** Sentences about entries that were selected and not measured. */
  readonly leftOut: readonly string[];
  /** Sentences about entries whose command failed. */
  readonly failed: readonly string[];
}

export interface Figure {
  readonly entry: string;
  readonly figure: string;
  readonly unit: string;
  /** One per run. */
  readonly values: readonly number[];
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly budget?: Budget;
  /** The median relative to the budget: over 1, the budget is missed, for an upper and for a lower limit. */
  readonly ratio?: number;
}

export interface Grown {
  readonly from: string;
  readonly to: string;
  readonly unit: string;
  readonly figure: string;
  /** The factor by which the size grows, and the factor by which the figure grows. */
  readonly units: number;
  readonly times: number;
  /** Over 1, the figure grows faster than the size. */
  readonly perUnit: number;
  /** The cost of each added unit, without the fixed cost of the command. */
  readonly each: { readonly value: number; readonly unit: string };
}

/** @throws UsageError */
export function readRecord(file: string): BenchRecord {
  const record = parsed(file);
  if (record?.format === 'openstack-conformance/bench' && record.formatVersion === 1) return record as BenchRecord;
  throw new UsageError(`${file} is not the result of a bench. Write one with --json FILE.`);
}

function parsed(file: string): Partial<BenchRecord> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<BenchRecord>;
  } catch (cause) {
    throw new UsageError(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
}
