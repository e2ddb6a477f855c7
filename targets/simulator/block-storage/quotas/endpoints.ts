/**
 * What a project may use and where: quotas, limits, zones.
 */

import { type Endpoint, query, type Shown, unreadQuery } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import type { Json } from '../../kernel/http.ts';
import type { VolumeCall } from '../call.ts';
import { storageEndpoint } from '../storage-endpoint.ts';

/** What the volumes of a project use. */
interface Usage {
  readonly projectId: string | undefined;
  readonly volumes: number;
  readonly gigabytes: number;
  /** Whether the response shows it next to the limits. */
  readonly isShown: boolean;
}

function usageOf({ cloud }: VolumeCall, project: string | undefined, isShown = false): Usage {
  const own = [...cloud.blockStorage.volumes.values()].filter(({ projectId }) => projectId === project);
  const gigabytes = own.reduce((sum, { size }) => sum + size, 0);
  return { projectId: project, volumes: own.length, gigabytes, isShown };
}

const listZones = storageEndpoint('block-storage/list-zones', {
  method: 'GET',
  path: '/os-availability-zone',
  query: unreadQuery,
  policy: { rule: 'volume:availability_zone_list' },
  checks: ['role'],
  listing: { noun: 'zones', rows: ({ cloud }: VolumeCall): readonly string[] => cloud.settings.offer.zones.volumes },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'availabilityZoneInfo',
    fields: [
      { name: 'zoneName', value: ({ item }) => item },
      { name: 'zoneState', value: () => ({ available: true }) },
    ],
  },
});

const showLimits = storageEndpoint('block-storage/show-limits', {
  method: 'GET',
  path: '/limits',
  query: unreadQuery,
  policy: { rule: 'limits_extension:used_limits' },
  checks: ['role'],
  result: ({ call }) => usageOf(call, call.caller.projectId),
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'limits',
    fields: [
      { name: 'rate', value: () => [] },
      {
        name: 'absolute',
        value: ({ call: { cloud }, item: { volumes, gigabytes } }) => ({
          maxTotalVolumes: cloud.settings.quotas.volumes,
          maxTotalVolumeGigabytes: -1,
          maxTotalSnapshots: -1,
          maxTotalBackups: -1,
          maxTotalBackupGigabytes: -1,
          totalVolumesUsed: volumes,
          totalGigabytesUsed: gigabytes,
          totalSnapshotsUsed: 0,
          totalBackupsUsed: 0,
          totalBackupGigabytesUsed: 0,
        }),
      },
    ],
  },
});

const showQuotas = storageEndpoint('block-storage/show-quotas', {
  method: 'GET',
  path: '/os-quota-sets/:target_id',
  query: query({ usage: { types: ['string'] } }),
  policy: { rule: 'volume_extension:quotas:show' },
  checks: ['role'],
  result: ({ call, query: { usage } }) => usageOf(call, call.params.target_id ?? '', usage?.toLowerCase() === 'true'),
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'quota_set',
    fields: [
      { name: 'id', value: ({ item: { projectId } }) => projectId },
      quota('volumes', ({ volumes }) => volumes),
      quota('gigabytes', ({ gigabytes }) => gigabytes),
      quota('per_volume_gigabytes'),
      quota('snapshots'),
      quota('backups'),
      quota('backup_gigabytes'),
      quota('groups'),
    ],
  },
});

export const quotaEndpoints: readonly Endpoint[] = [listZones, showLimits, showQuotas];

/** Only volumes have a limit. */
function quota(name: string, used: (usage: Usage) => number = () => 0): Field<Shown<VolumeCall, Usage>> {
  return {
    name,
    value: ({ call: { cloud }, item }): Json => {
      const limit = name === 'volumes' ? cloud.settings.quotas.volumes : -1;
      return item.isShown ? { limit, in_use: used(item), reserved: 0 } : limit;
    },
  };
}
