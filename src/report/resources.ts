/** Groups operations by resource: the file of the API reference that describes them, `os-cells` for `os-cells.inc`. */
import { groupBy } from '../group-by.ts';
import type { OperationId } from '../contract/model.ts';
import type { ClauseReport, RunReport } from '../records/report.ts';

export interface Resource {
  /** With the service as a prefix: `compute/os-cells`. */
  readonly name: string;
  readonly operations: readonly OperationId[];
}

/**
 * In the order of the clauses. An operation belongs to the file of most of its clauses; widely shared files weigh less.
 */
export function resourcesOf(clauses: RunReport['clauses']): readonly Resource[] {
  const operations = groupBy(clauses, ({ operation }) => operation);
  const spread = new Map<string, number>();
  for (const own of operations.values()) {
    for (const file of new Set(own.map(({ source }) => source.file))) spread.set(file, (spread.get(file) ?? 0) + 1);
  }
  const named = [...operations].map(([operation, own]) => ({ operation, name: nameOf(operation, own, spread) }));
  return [...groupBy(named, ({ name }) => name)].map(([name, own]) => ({
    name,
    operations: own.map(({ operation }) => operation),
  }));
}

/** `spread`: the number of operations with clauses from a file. */
function nameOf(
  operation: string,
  clauses: readonly Pick<ClauseReport, 'source'>[],
  spread: ReadonlyMap<string, number>,
): string {
  const files = [...groupBy(clauses, ({ source }) => source.file)].map(([file, own]) => ({
    file,
    weight: own.length / (spread.get(file) ?? 1),
  }));
  const [first] = files.sort((a, b) => b.weight - a.weight);
  const name = first?.file.split('/').at(-1) ?? '';
  return `${operation.split('/').slice(0, -1).join('/')}/${name.replace(/\.\w+$/, '')}`;
}
