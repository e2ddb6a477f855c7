/** The quotas of the project that a run counts against, read from `GET /limits` of each service. */
import { answered, bodyOf } from '../src/clauses/matchers.ts';
import type { Free } from '../src/planning/limits.ts';
import { jsonObject } from '../src/json.ts';
import type { Ask } from './fixtures/ask.ts';
import type { Needs } from './fixtures/choose.ts';

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

/** Volumes that stay available for cases in a run whose servers boot from volumes. */
const leastVolumes = 3;

/**
 * Servers and volumes that the quotas still allow, for at most `most` servers. Where servers boot from volumes, root
 * volumes are subtracted first, and the cases get the rest.
 */
export function freeCapacity(quotas: readonly Quota[], needs: Needs | undefined, most: number): Free {
  if (!needs) return {};
  const left = (id: string): number => quotas.find((quota) => quota.id === id)?.free ?? Infinity;
  const { cores, ram, gigabytes, rootGigabytes } = needs;
  const others = { 'server groups': left('server groups') };
  const servers = Math.min(left('servers'), left('cores') / cores, ram > 0 ? left('ram') / ram : Infinity);
  if (rootGigabytes === 0)
    return { ...others, servers, volumes: Math.min(left('volumes'), left('gigabytes') / gigabytes) };
  const roots = Math.min(
    left('volumes') - leastVolumes,
    (left('gigabytes') - leastVolumes * gigabytes) / rootGigabytes,
  );
  const booted = Math.max(0, Math.floor(Math.min(servers, roots, most)));
  return {
    ...others,
    servers: booted,
    volumes: Math.min(left('volumes') - booted, (left('gigabytes') - booted * rootGigabytes) / gigabytes),
  };
}

interface Source {
  readonly id: string;
  readonly words: string;
  readonly service: string;
  readonly most: string;
  readonly used: string;
}

const sources: readonly Source[] = [
  { id: 'servers', words: 'servers', service: 'compute', most: 'maxTotalInstances', used: 'totalInstancesUsed' },
  {
    id: 'server groups',
    words: 'server groups',
    service: 'compute',
    most: 'maxServerGroups',
    used: 'totalServerGroupsUsed',
  },
  { id: 'cores', words: 'cores', service: 'compute', most: 'maxTotalCores', used: 'totalCoresUsed' },
  { id: 'ram', words: 'MB of memory', service: 'compute', most: 'maxTotalRAMSize', used: 'totalRAMUsed' },
  { id: 'volumes', words: 'volumes', service: 'block-storage', most: 'maxTotalVolumes', used: 'totalVolumesUsed' },
  {
    id: 'gigabytes',
    words: 'GB of volumes',
    service: 'block-storage',
    most: 'maxTotalVolumeGigabytes',
    used: 'totalGigabytesUsed',
  },
];

/** The quotas that services report; those of a service without a usable response are left out. */
export async function readQuotas(ask: Ask, types: readonly string[]): Promise<readonly Quota[]> {
  const services = [...new Set(sources.map(({ service }) => service))].filter((type) => types.includes(type));
  const limits = new Map(
    await Promise.all(
      services.map(async (service) => {
        const shown = answered(await ask(service, '/limits'), 200);
        return [service, jsonObject(jsonObject(jsonObject(shown && bodyOf(shown)).limits).absolute)] as const;
      }),
    ),
  );
  return sources.flatMap(({ id, words, service, most, used }): readonly Quota[] => {
    const limit = limits.get(service)?.[most];
    const current = limits.get(service)?.[used];
    if (typeof limit !== 'number' || typeof current !== 'number') return [];
    if (limit < 0) return [{ id, words, used: current, most: undefined, free: undefined }];
    return [{ id, words, used: current, most: limit, free: Math.max(0, limit - current) }];
  });
}
