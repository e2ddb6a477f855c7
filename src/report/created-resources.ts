/** Reads the resources of a run from its ledger: ids, labels, and how many existed at the same time. */
import type { LedgerEntry } from '../records/ledger.ts';
import type { ResourceKind } from '../resources/resource-type.ts';

/** Resources of one type with one label, which cases share: servers with the label `paused`. */
export interface ResourceSet {
  readonly type: string;
  readonly made: number;
  readonly atOnce: number;
  /** Cases share also the pooled resources that are connected to its members. */
  readonly isHome: boolean;
}

export interface Things {
  /** By id: the key of the set that a resource belongs to. */
  readonly setOf: ReadonlyMap<string, string>;
  /** By type and label: `server paused`. */
  readonly sets: ReadonlyMap<string, ResourceSet>;
  /** The types of pooled resources by id. */
  readonly pooled: ReadonlyMap<string, string>;
  /** By type. */
  readonly made: Readonly<Record<string, number>>;
}

export type LabelledKind = Pick<ResourceKind, 'type' | 'pooled' | 'labels'>;

export function thingsIn(ledger: readonly LedgerEntry[], kinds: readonly LabelledKind[]): Things {
  const setOf = new Map<string, string>();
  const pooled = new Map<string, string>();
  const made: Record<string, number> = {};
  const sets = new Map<string, ResourceSet & { made: number; atOnce: number; now: number }>();
  for (const entry of ledger) {
    const { type } = entry;
    const kind = kinds.find((one) => one.type === type);
    if (entry.event === 'intent') continue;
    const label = kind?.pooled ? undefined : labelIn(entry);
    const key = `${type} ${label ?? ''}`;
    const isHome = kind?.labels !== undefined && !kind.labels.bare.includes(label ?? '');
    const set = label === undefined ? undefined : (sets.get(key) ?? { type, made: 0, atOnce: 0, now: 0, isHome });
    if (entry.event !== 'created') {
      if (set) set.now -= 1;
      continue;
    }
    made[type] = (made[type] ?? 0) + 1;
    if (kind?.pooled) pooled.set(entry.id, type);
    if (!set) continue;
    setOf.set(entry.id, key);
    set.made += 1;
    set.now += 1;
    set.atOnce = Math.max(set.atOnce, set.now);
    sets.set(key, set);
  }
  return { setOf, sets, pooled, made };
}

/** `paused` for `osc-7f3a91-server-12-paused`. */
export function labelIn({ type, name }: Pick<LedgerEntry, 'type' | 'name'>): string | undefined {
  const at = name.indexOf(`-${type}-`);
  return at < 0 ? undefined : /^\d+-(.+)$/.exec(name.slice(at + type.length + 2))?.[1];
}
