/** `--resource`: selects every operation of resources with a complete suite. */
import type { ApiResource } from '../../src/planning/api-resource.ts';
import { apiResources } from '../../suites/index.ts';
import { UsageError } from '../errors.ts';
import { describeNearest } from '../suggest-nearest.ts';

/** In the order of the registry, whatever the order of the names. @throws UsageError for an unknown name */
export function chosenResources(names: readonly string[] = []): readonly ApiResource[] {
  const known = apiResources.map(({ id }) => id);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--resource ${unknown}: no resource of this name has a complete suite.${describeNearest(unknown, known)} Use one of ${known.join(', ')}, or select operations by --include.`,
    );
  return apiResources.filter(({ id }) => names.includes(id));
}
