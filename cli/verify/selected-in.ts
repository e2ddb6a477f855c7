/** The ids of the clauses that a run line names: those of the run, and those of the whole plan in its outline. */
import { isObject } from '../../src/json.ts';
import type { RunLine } from '../../src/records/journal.ts';
import type { DecidedBy } from '../../src/records/outline.ts';

export function selectedIn({ clauses, outline }: Pick<RunLine, 'clauses' | 'outline'>): ReadonlySet<string> {
  return new Set([...clauses.map(({ id }) => id), ...namedIn(outline)]);
}

function namedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namedIn);
  if (!isObject(value)) return [];
  const { by = [], ...rest } = value as Partial<DecidedBy>;
  return [...by, ...namedIn(Object.values(rest))];
}
