/** Figures for tests, from their values. */
import { median } from '../../bench/arithmetic.ts';
import type { Figure } from '../../bench/record.ts';

export function figure(entry: string, name: string, unit: string, ...values: readonly number[]): Figure {
  const ends = { least: Math.min(...values), most: Math.max(...values) };
  return { entry, figure: name, unit, values, median: median(values), ...ends };
}
