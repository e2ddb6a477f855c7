/** The quotas of the project that a run counts against, read where the resource types declare them. */
import { respondedWith, bodyOf } from '../src/clauses/matchers.ts';
import { atPointer } from '../src/json.ts';
import type { QuotaUse } from '../src/planning/fixture-choice.ts';
import { limitOf, type ResourceCounts } from '../src/resources/resource-counts.ts';
import type { QuotaSource, ResourceKind } from '../src/resources/resource-type.ts';
import type { Ask } from './target-resources/ask.ts';

export interface Quota {
  readonly id: string;
  /** Shown to people: `volumes`. */
  readonly words: string;
  readonly used: number;
  /** Undefined: unlimited. */
  readonly most: number | undefined;
  /** `most` minus `used`; undefined: unlimited. */
  readonly free: number | undefined;
}

/**
 * How many resources of each type the quotas still allow. A type that shares a quota with later ones, as servers do that
 * boot from volumes, is served first, within its limit, and leaves what one case needs of the others.
 */
export function freeCapacity(
  kinds: readonly ResourceKind[],
  quotas: readonly Quota[],
  uses: QuotaUse,
  limits: ResourceCounts,
): ResourceCounts {
  const left = new Map(quotas.map(({ id, free = Infinity }) => [id, free]));
  const limited = kinds.flatMap((kind) =>
    kind.capacity ? [{ type: kind.type, ofOneCase: kind.capacity.ofOneCase, uses: usesOf(kind, uses) }] : [],
  );
  const free: Record<string, number> = {};
  for (const [index, { type, uses: own }] of limited.entries()) {
    const later = limited.slice(index + 1);
    const kept = (id: string): number => later.reduce((sum, one) => sum + one.ofOneCase * (one.uses[id] ?? 0), 0);
    const possible = Object.entries(own).map(([id, each]) => ((left.get(id) ?? Infinity) - kept(id)) / each);
    const count = Math.max(0, Math.floor(Math.min(limitOf(limits, type), ...possible)));
    for (const [id, each] of Object.entries(own)) left.set(id, (left.get(id) ?? Infinity) - count * each);
    free[type] = count;
  }
  return free;
}

/** By quota: what one resource of the type uses; a quota that discovery does not know counts resources. */
function usesOf({ type, capacity }: ResourceKind, uses: QuotaUse): Readonly<Record<string, number>> {
  const own = Object.fromEntries((capacity?.quotas ?? []).map(({ id }) => [id, 1]));
  return Object.fromEntries(Object.entries({ ...own, ...uses[type] }).filter(([, each]) => each > 0));
}

/** The quotas that services report; those of a service without a usable response are left out. */
export async function readQuotas(
  ask: Ask,
  types: readonly string[],
  kinds: readonly ResourceKind[],
): Promise<readonly Quota[]> {
  const all = kinds.flatMap(({ capacity }) => capacity?.quotas ?? []);
  const sources = [...new Map(all.map((source) => [source.id, source])).values()].filter(({ service }) =>
    types.includes(service),
  );
  const documents = [...new Map(sources.map((source) => [placeOf(source), source])).values()];
  const shown = new Map(
    await Promise.all(
      documents.map(async (source) => {
        const response = respondedWith(await ask(source.service, source.path), 200);
        return [placeOf(source), response && bodyOf(response)] as const;
      }),
    ),
  );
  return sources.flatMap((source): readonly Quota[] => {
    const document = shown.get(placeOf(source));
    const [limit, used] = [source.most, source.used].map((pointer) => atPointer(document, pointer));
    if (typeof limit !== 'number' || typeof used !== 'number') return [];
    const { id, words } = source;
    if (limit < 0) return [{ id, words, used, most: undefined, free: undefined }];
    return [{ id, words, used, most: limit, free: Math.max(0, limit - used) }];
  });
}

function placeOf({ service, path }: QuotaSource): string {
  return `${service} ${path}`;
}
