/**
 * The reasons to refuse new servers, in the order of `createChecks`.
 */

import { isObject, type Json, textMember } from '../../kernel/http.ts';
import { hostNames } from '../../host.ts';
import type { Check } from '../../kernel/checks.ts';
import { pythonText } from '../../kernel/python-text.ts';
import { badRequest, forbidden, Refusal } from '../../kernel/refusal.ts';
import type { ComputeCall } from '../call.ts';
import { groupNames, isTaken, networkOf } from '../networks/networks.ts';
import type { Of } from '../on-server.ts';
import { policyRefusal } from '../policy.ts';
import { hintedGroup } from '../server-groups/groups.ts';
import type { Flavor } from '../state.ts';
import { planDisks, zonesRefusal } from './boot-disks.ts';
import { hintsIn, imageIn } from './create.ts';

export const createChecks = [
  'query',
  'body',
  'role',
  'role-destination',
  'counts',
  'one-hostname',
  'flavor',
  'image',
  'key',
  'networks',
  'address-free',
  'security-groups',
  'destination',
  'quota',
  'zone',
  'disks',
  'flavor-disk',
  'volume-zones',
  'group',
] as const;

type Creating = Of<unknown>;

export const createRefusals: Readonly<Record<string, Check<Creating>>> = {
  'role-destination': ({ call: { cloud, caller }, wanted }) =>
    wanted.host === undefined && wanted.hypervisor_hostname === undefined
      ? undefined
      : policyRefusal(cloud, caller, 'compute:servers:create:requested_destination', caller.projectId),
  counts: ({ wanted }) => (leastOf(wanted) > mostOf(wanted) ? badRequest('min_count must be <= max_count') : undefined),
  'one-hostname': ({ wanted }) =>
    textMember(wanted, 'hostname') !== undefined && mostOf(wanted) > 1
      ? badRequest('Unable to allocate a single hostname to multiple instances')
      : undefined,
  flavor: (subject) =>
    flavorOf(subject) ? undefined : badRequest(`Flavor ${pythonText(subject.wanted.flavorRef)} could not be found.`),
  image: ({ call, wanted }) => {
    const id = imageIn(wanted);
    return id === null || call.cloud.image.images.has(id) ? undefined : badRequest('Can not find requested image');
  },
  // This cloud has no key pairs.
  key: ({ wanted }) =>
    textMember(wanted, 'key_name') === undefined ? undefined : badRequest('Invalid key_name provided.'),
  networks: ({ call, wanted: { networks } }) => {
    const unknown = listOf(networks).find((one) => !networkOf(call, textMember(one, 'uuid') ?? ''));
    if (unknown === undefined) return undefined;
    const port = textMember(unknown, 'port');
    return badRequest(
      port === undefined
        ? `Network ${textMember(unknown, 'uuid') ?? ''} could not be found.`
        : `Port ${port} could not be found.`,
    );
  },
  'address-free': ({ call, wanted: { networks } }) => {
    const taken = listOf(networks).find((one) => {
      const network = networkOf(call, textMember(one, 'uuid') ?? '');
      const address = textMember(one, 'fixed_ip');
      return network && address !== undefined && isTaken(call, network, address);
    });
    return taken === undefined
      ? undefined
      : badRequest(`Fixed IP address ${textMember(taken, 'fixed_ip') ?? ''} is already in use.`);
  },
  'security-groups': ({ wanted }) => {
    const unknown = listOf(wanted.security_groups).find(
      (one) => !groupNames.includes(textMember(one, 'name') ?? 'default'),
    );
    return unknown === undefined
      ? undefined
      : badRequest(`Security group ${textMember(unknown, 'name') ?? ''} not found.`);
  },
  destination: ({ wanted }) => {
    const unknown = [textMember(wanted, 'host'), textMember(wanted, 'hypervisor_hostname')].find(
      (name) => name !== undefined && !hostNames.includes(name),
    );
    return unknown === undefined ? undefined : badRequest(`Compute host ${unknown} could not be found.`);
  },
  quota: (subject) => {
    const flavor = flavorOf(subject);
    return flavor && overQuota(subject.call, flavor, leastOf(subject.wanted));
  },
  zone: ({ call, wanted }) => {
    const zone = textMember(wanted, 'availability_zone');
    const isKnown = zone === undefined || call.cloud.settings.offer.zones.compute.includes(zone);
    return isKnown ? undefined : badRequest('The requested availability zone is not available');
  },
  disks: (subject) => attempted(() => plansOf(subject)),
  'flavor-disk': (subject) => {
    const flavor = flavorOf(subject);
    return flavor && unfitDisk(subject, flavor);
  },
  'volume-zones': (subject) => zonesRefusal(subject.call, plansOf(subject), zoneOf(subject)),
  group: ({ call }) => attempted(() => hintedGroup(call, hintsIn(call))),
};

function leastOf({ min_count: least, max_count: most }: Creating['wanted']): number {
  return Number(least ?? Math.min(1, Number(most ?? 1)));
}

function mostOf({ min_count: least, max_count: most }: Creating['wanted']): number {
  return Number(most ?? least ?? 1);
}

/** As many of the wanted servers as the quota leaves. */
export function countOf({ call: { cloud, caller }, wanted }: Creating): number {
  const { servers } = cloud.settings.quotas;
  const own = [...cloud.compute.servers.values()].filter(({ projectId }) => projectId === caller.projectId);
  return servers < 0 ? mostOf(wanted) : Math.min(mostOf(wanted), servers - own.length);
}

function listOf(given: Json | undefined): readonly Json[] {
  return Array.isArray(given) ? (given as readonly Json[]).filter(isObject) : [];
}

function flavorOf({ call, wanted }: Creating): Flavor | undefined {
  return call.cloud.compute.flavors.get(pythonText(wanted.flavorRef));
}

function plansOf({ call, wanted }: Creating): ReturnType<typeof planDisks> {
  return planDisks(call, wanted.block_device_mapping_v2, imageIn(wanted));
}

function zoneOf({ call, wanted }: Creating): string {
  return textMember(wanted, 'availability_zone') ?? call.cloud.settings.offer.zones.compute[0] ?? '';
}

/** The refusal that a function throws. */
function attempted(run: () => unknown): Refusal | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** An image has to fit on the disk of the flavor. */
function unfitDisk(subject: Creating, { disk }: Flavor): Refusal | undefined {
  if (!plansOf(subject).some(({ root, volume }) => root && volume.kind === 'none')) return undefined;
  const { cloud, caller } = subject.call;
  if (disk === 0) return policyRefusal(cloud, caller, 'servers:create:zero_disk_flavor', caller.projectId);
  return disk < cloud.settings.offer.imageDisk
    ? badRequest('The disk of the flavor is too small for the requested image.')
    : undefined;
}

function overQuota({ cloud, caller }: ComputeCall, flavor: Flavor, count: number): Refusal | undefined {
  const own = [...cloud.compute.servers.values()].filter(({ projectId }) => projectId === caller.projectId);
  const { servers, cores } = cloud.settings.quotas;
  const used = own.reduce((sum, server) => sum + server.flavor.vcpus, 0);
  const asked = flavor.vcpus * count;
  if (servers >= 0 && own.length + count > servers) return exceeded('instances', count, own.length, servers);
  return cores >= 0 && used + asked > cores ? exceeded('cores', asked, used, cores) : undefined;
}

function exceeded(what: string, asked: number, used: number, limit: number): Refusal {
  return forbidden(`Quota exceeded for ${what}: Requested ${asked}, but already used ${used} of ${limit} ${what}`);
}
