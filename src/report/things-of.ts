/** The servers and volumes of a run, as its ledger tells of them by id, label and time. */
import type { LedgerEntry } from '../conformance/ledger.ts';

export interface Things {
  /** Of servers, by id: `osc-7f3a91-server-12-paused` is `paused`. */
  readonly labels: ReadonlyMap<string, string>;
  /** By label. */
  readonly servers: ReadonlyMap<string, { readonly made: number; readonly atOnce: number }>;
  /** Ids. */
  readonly volumes: ReadonlySet<string>;
  /** By type. */
  readonly made: Readonly<Record<string, number>>;
  /** Servers on which volumes come and go: what is attached there is a case's own. */
  readonly sharedByAll: (label: string) => boolean;
}

const comeAndGo: ReadonlySet<string> = new Set(['busy', 'disorder', 'pair', 'own']);

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
  return { labels, servers, volumes, made, sharedByAll: (label) => comeAndGo.has(label) };
}
