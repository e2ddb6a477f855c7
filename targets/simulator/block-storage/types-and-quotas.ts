/**
 * Volume types, zones, limits and quotas.
 */

import { json, type JsonObject, type SimResponse } from '../kernel/http.ts';
import { notFound } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { VolumeCall, VolumeHandle } from './call.ts';
import { defaultTypeName } from './new-volume.ts';
import type { VolumeType } from './state.ts';

export const typeAndQuotaRoutes: readonly Route<VolumeHandle>[] = [
  { operation: 'block-storage/list-types', method: 'GET', path: '/types', handle: { answer: listTypes } },
  { operation: 'block-storage/show-type', method: 'GET', path: '/types/:type_id', handle: { answer: showType } },
  {
    operation: 'block-storage/list-zones',
    method: 'GET',
    path: '/os-availability-zone',
    handle: { answer: listZones },
  },
  { operation: 'block-storage/show-limits', method: 'GET', path: '/limits', handle: { answer: showLimits } },
  {
    operation: 'block-storage/show-quotas',
    method: 'GET',
    path: '/os-quota-sets/:target_id',
    handle: { answer: showQuotas },
  },
];

function listTypes({ cloud }: VolumeCall): SimResponse {
  return json(200, { volume_types: [...cloud.blockStorage.types.values()].map(typeView) });
}

function showType({ cloud, params }: VolumeCall): SimResponse {
  const id = params.type_id ?? '';
  const types = [...cloud.blockStorage.types.values()];
  const type =
    id === 'default' ? types.find(({ name }) => name === defaultTypeName) : types.find((one) => one.id === id);
  if (!type) throw notFound(`Volume type ${id} could not be found.`);
  return json(200, { volume_type: typeView(type) });
}

function typeView({ id, name, description, extraSpecs }: VolumeType): JsonObject {
  const access = { 'os-volume-type-access:is_public': true };
  return { id, name, is_public: true, description, extra_specs: extraSpecs, ...access };
}

function listZones({ cloud }: VolumeCall): SimResponse {
  const zones = cloud.settings.offer.zones.volumes;
  return json(200, { availabilityZoneInfo: zones.map((zoneName) => ({ zoneName, zoneState: { available: true } })) });
}

function showLimits({ cloud, caller }: VolumeCall): SimResponse {
  const own = [...cloud.blockStorage.volumes.values()].filter(({ projectId }) => projectId === caller.projectId);
  const absolute = {
    maxTotalVolumes: cloud.settings.quotas.volumes,
    maxTotalVolumeGigabytes: -1,
    maxTotalSnapshots: -1,
    maxTotalBackups: -1,
    maxTotalBackupGigabytes: -1,
    totalVolumesUsed: own.length,
    totalGigabytesUsed: own.reduce((sum, { size }) => sum + size, 0),
    totalSnapshotsUsed: 0,
    totalBackupsUsed: 0,
    totalBackupGigabytesUsed: 0,
  };
  return json(200, { limits: { rate: [], absolute } });
}

function showQuotas({ cloud, params, query }: VolumeCall): SimResponse {
  const id = params.target_id ?? '';
  const own = [...cloud.blockStorage.volumes.values()].filter(({ projectId }) => projectId === id);
  const used: Readonly<Record<string, number>> = {
    volumes: own.length,
    gigabytes: own.reduce((sum, { size }) => sum + size, 0),
  };
  const limits: Readonly<Record<string, number>> = {
    volumes: cloud.settings.quotas.volumes,
    gigabytes: -1,
    per_volume_gigabytes: -1,
    snapshots: -1,
    backups: -1,
    backup_gigabytes: -1,
    groups: -1,
  };
  const withUsage = query.get('usage')?.toLowerCase() === 'true';
  const shown = Object.entries(limits).map(
    ([name, limit]) => [name, withUsage ? { limit, in_use: used[name] ?? 0, reserved: 0 } : limit] as const,
  );
  return json(200, { quota_set: { id, ...Object.fromEntries(shown) } });
}
