/** The reporters that the operator named, or all of them. */
import { reporters } from '../../reporters/index.ts';
import type { Reporter } from '../../src/report/record.ts';
import { UsageError } from '../errors.ts';

/** @throws UsageError for an id that is none */
export function chooseReporters(ids: readonly string[] | undefined): readonly Reporter[] {
  return (
    ids?.map((id) => {
      const known = reporters.find((reporter) => reporter.id === id);
      if (known) return known;
      throw new UsageError(`--reporter ${id} is none of ${reporters.map((reporter) => reporter.id).join(', ')}.`);
    }) ?? reporters
  );
}
