/** Refuses values of `--include` and `--exclude` that match nothing: usually a misspelt name. */
import { groupOf, type Clause } from '../../src/clauses/clause.ts';
import { fitsPattern, matchesGlob, type Selection } from '../../src/planning/selection.ts';
import type { OperationId } from '../../src/contract/model.ts';
import { UsageError } from '../errors.ts';
import { describeNearest } from '../suggest-nearest.ts';

/**
 * `listed`: all operations of the service; clauses of operations that are not loaded are unknown. @throws UsageError
 */
export function refuseUnknownGlobs(
  { include, exclude }: Pick<Selection, 'include' | 'exclude'>,
  clauses: readonly Clause[],
  listed: readonly OperationId[],
): void {
  const ids = clauses.map(({ id }) => id as string);
  const groups = [...new Set<string>([...clauses.map(groupOf), ...listed])];
  const loaded = new Set<string>(clauses.map(({ operation }) => operation));
  const unloaded = listed.filter((id) => !loaded.has(id));
  const matches = (glob: string): boolean => {
    const [operation = '', clause] = glob.split(/[#@]/);
    if ([...ids, ...groups].some((name) => matchesGlob(glob, name))) return true;
    return clause !== undefined && unloaded.some((id) => fitsPattern(operation, id));
  };
  for (const [option, globs] of [
    ['--include', include],
    ['--exclude', exclude],
  ] as const) {
    const wrong = globs.find((glob) => !matches(glob));
    if (wrong === undefined) continue;
    const name = (wrong.split('@')[0] ?? wrong).replaceAll('*', '');
    const nearest = describeNearest(name, wrong.includes('#') ? ids : groups);
    throw new UsageError(`${option} ${wrong} matches no operation and no clause.${nearest}`);
  }
}
