/** Reads options that are whole numbers. */
import { UsageError } from './errors.ts';

/** @throws UsageError */
export function count(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least) return value;
  throw new UsageError(`${option} ${text} is not a whole number of at least ${least}.`);
}
