/** What a project may have, and has: the quotas that a run counts against, from the limits that each service tells. */
import { answered, bodyOf } from '../src/conformance/matchers.ts';
import type { Free } from '../src/conformance/limits.ts';
import { jsonObject } from '../src/json.ts';
import type { Ask } from './fixtures/ask.ts';
import type { Needs } from './fixtures/choose.ts';

export interface Quota {
  readonly id: string;
  /** For people: `volumes`. */
  readonly words: string;
  readonly used: number;
  /** Undefined: without end. */
  readonly most: number | undefined;
  /** `most` less `used`; undefined: without end. */
  readonly free: number | undefined;
}

/** Volumes that a run with servers on volumes leaves for cases. */
const leastVolumes = 3;

/**
 * Servers and volumes that the project may still have, of no more than `most` servers. Where servers boot from volumes,
 * these come first, and the cases have the rest.
 */
export function freeRoom(quotas: readonly Quota[], needs: Needs, most: number): Free {
  const left = (id: string): number => quotas.find((quota) => quota.id === id)?.free ?? Infinity;
  const { cores, ram, gigabytes, rootGigabytes } = needs;
  const servers = Math.min(left('servers'), left('cores') / cores, ram > 0 ? left('ram') / ram : Infinity);
  if (rootGigabytes === 0) return { servers, volumes: Math.min(left('volumes'), left('gigabytes') / gigabytes) };
  const roots = Math.min(
    left('volumes') - leastVolumes,
    (left('gigabytes') - leastVolumes * gigabytes) / rootGigabytes,
  );
  const kept = Math.max(0, Math.floor(Math.min(servers, roots, most)));
  return {
    servers: kept,
    volumes: Math.min(left('volumes') - kept, (left('gigabytes') - kept * rootGigabytes) / gigabytes),
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

/** Those that the target tells; a service that does not answer is left out. */
export async function readQuotas(ask: Ask): Promise<readonly Quota[]> {
  const services = [...new Set(sources.map(({ service }) => service))];
  const told = new Map(
    await Promise.all(
      services.map(async (service) => {
        const shown = answered(await ask(service, '/limits'), 200);
        return [service, jsonObject(jsonObject(jsonObject(shown && bodyOf(shown)).limits).absolute)] as const;
      }),
    ),
  );
  return sources.flatMap(({ id, words, service, most, used }): readonly Quota[] => {
    const limit = told.get(service)?.[most];
    const taken = told.get(service)?.[used];
    if (typeof limit !== 'number' || typeof taken !== 'number') return [];
    if (limit < 0) return [{ id, words, used: taken, most: undefined, free: undefined }];
    return [{ id, words, used: taken, most: limit, free: Math.max(0, limit - taken) }];
  });
}
