/** Reads the servers and volumes of a run from its ledger: ids, labels, and how many existed at the same time. */
import type { LedgerEntry } from '../records/ledger.ts';

export interface Things {
  /** Labels of servers, by id: `osc-7f3a91-server-12-paused` has the label `paused`. */
  readonly labels: ReadonlyMap<string, string>;
  /** By label. */
  readonly servers: ReadonlyMap<string, { readonly made: number; readonly atOnce: number }>;
  /** Ids. */
  readonly volumes: ReadonlySet<string>;
  /** By type. */
  readonly made: Readonly<Record<string, number>>;
  /** Whether volumes are attached and detached on the servers with this label: such a volume belongs to one case. */
  readonly sharedByAll: (label: string) => boolean;
}

const serversOfManyCases: ReadonlySet<string> = new Set(['shared', 'swap', 'pair', 'exclusive']);

export function thingsIn(ledger: readonly LedgerEntry[]): Things {
  const labels = new Map<string, string>();
  const volumes = new Set<string>();
  const made: Record<string, number> = {};
  const servers = new Map<string, { made: number; atOnce: number; now: number }>();
  for (const entry of ledger) {
    if (entry.event === 'intent') continue;
    const label = /-server-\d+-(.+)$/.exec(entry.name)?.[1];
    const count = label === undefined ? undefined : (servers.get(label) ?? { made: 0, atOnce: 0, now: 0 });
    if (entry.event !== 'created') {
      if (count) count.now -= 1;
      continue;
    }
    made[entry.type] = (made[entry.type] ?? 0) + 1;
    if (entry.type === 'volume') volumes.add(entry.id);
    if (label === undefined || !count) continue;
    labels.set(entry.id, label);
    count.made += 1;
    count.now += 1;
    count.atOnce = Math.max(count.atOnce, count.now);
    servers.set(label, count);
  }
  return { labels, servers, volumes, made, sharedByAll: (label) => serversOfManyCases.has(label) };
}
