/**
 * Create a server, from an image or from volumes.
 */

import { isObject, json, type JsonObject, member, type SimResponse, textMember } from '../../kernel/http.ts';
import { hostName } from '../../host.ts';
import { pythonText } from '../../kernel/python-text.ts';
import { badRequest, Refusal } from '../../kernel/refusal.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import { type ComputeCall, offers } from '../call.ts';
import { enforce } from '../policy.ts';
import { hintedGroup } from '../server-groups/groups.ts';
import type { Flavor, Server } from '../state.ts';
import { checkedBody } from '../validate.ts';
import { connectDisks, type DiskPlan, mapDisks, planDisks, refuseOtherZones } from './boot-disks.ts';
import { createShape } from './create-shape.ts';
import { power } from './transitions.ts';
import { links } from './view.ts';

export function createServer(call: ComputeCall): SimResponse {
  const body = checkedBody(call, createShape(offers(call, 'named-networks')));
  const { cloud, caller } = call;
  enforce(cloud, caller, 'servers:create', caller.projectId);
  const wanted = member(body, 'server');
  const flavor = flavorOf(call, pythonText(member(wanted, 'flavorRef')));
  const imageId = imageOf(call, textMember(wanted, 'imageRef') ?? '');
  checkQuota(call, flavor);
  const zone = zoneOf(call, textMember(wanted, 'availability_zone'));
  const plans = planDisks(call, member(wanted, 'block_device_mapping_v2'), imageId);
  refuseLocalDisk(call, flavor, plans);
  refuseOtherZones(call, plans, zone);
  const hints = member(body, 'os:scheduler_hints') ?? member(body, 'OS-SCH-HNT:scheduler_hints');
  const group = hintedGroup(call, hints);
  const schedulerHints = isObject(hints) ? hints : {};
  const server = newServer(call, textMember(wanted, 'name')?.trim() ?? '', flavor, { imageId, zone, schedulerHints });
  server.metadata = metadataOf(member(wanted, 'metadata'));
  server.description = textMember(wanted, 'description') ?? null;
  mapDisks(call, server, plans);
  cloud.compute.servers.set(server.id, server);
  group?.members.push(server.id);
  build(call, server, plans);
  const [self, bookmark] = links(call, `servers/${server.id}`);
  const created = {
    id: server.id,
    links: [self ?? {}, bookmark ?? {}],
    'OS-DCF:diskConfig': 'MANUAL',
    security_groups: [{ name: 'default' }],
    adminPass: textMember(wanted, 'adminPass') ?? cloud.newId().slice(-12),
  };
  return json(202, { server: created }, { Location: textMember(self, 'href') ?? '' });
}

type From = Pick<Server, 'imageId' | 'zone' | 'schedulerHints'>;

function newServer(call: ComputeCall, name: string, flavor: Flavor, from: From): Server {
  const { cloud, caller } = call;
  cloud.compute.serversCreated += 1;
  return {
    id: cloud.newId(),
    number: cloud.compute.serversCreated,
    name,
    description: null,
    hostname: name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 63),
    projectId: caller.projectId ?? '',
    userId: caller.userId,
    flavor,
    formerFlavor: undefined,
    formerVmState: undefined,
    ...from,
    fault: undefined,
    metadata: {},
    tags: [],
    createdAt: cloud.now(),
    updatedAt: cloud.now(),
    launchedAt: null,
    vmState: 'building',
    taskState: 'scheduling',
    powerState: power.none,
    lockedBy: null,
    lockedReason: null,
    host: null,
    mappings: [],
    actions: [],
  };
}

function build(call: ComputeCall, server: Server, plans: readonly DiskPlan[]): void {
  const { cloud } = call;
  const { delays } = cloud.behaviour.compute.servers;
  const action = startAction(call, server, 'create');
  const building = (): boolean =>
    cloud.compute.servers.has(server.id) && server.vmState === 'building' && server.taskState !== 'deleting';
  cloud.schedule.after(delays.schedule, () => {
    if (!building()) return;
    server.host = hostName;
    server.taskState = 'spawning';
    const event = startEvent(action, 'compute__do_build_and_run_instance', server, cloud.now());
    cloud.schedule.after(delays.spawn, () => {
      if (!building()) return;
      if (isFailing(call)) {
        server.vmState = 'error';
        server.taskState = null;
        server.fault = 'No valid host was found. There are not enough hosts available.';
        server.updatedAt = cloud.now();
        finishEvent(action, event, 'Error', cloud.now());
        return;
      }
      connectDisks(call, server, plans);
      server.vmState = 'active';
      server.taskState = null;
      server.powerState = power.running;
      server.launchedAt = cloud.now();
      server.updatedAt = cloud.now();
      finishEvent(action, event, 'Success', cloud.now());
    });
  });
}

/** Whether this boot fails, as every `failBoots`-th does. */
function isFailing({ cloud }: ComputeCall): boolean {
  const interval = cloud.settings.failBoots;
  cloud.compute.boots += 1;
  return interval > 0 && cloud.compute.boots % interval === 0;
}

function flavorOf({ cloud }: ComputeCall, id: string): Flavor {
  const flavor = cloud.compute.flavors.get(id);
  if (!flavor) throw badRequest(`Flavor ${id} could not be found.`);
  return flavor;
}

function imageOf({ cloud }: ComputeCall, id: string): string | null {
  if (id === '') return null;
  if (!cloud.image.images.has(id)) throw badRequest('Can not find requested image');
  return id;
}

/** @throws Refusal for an unknown zone. */
function zoneOf({ cloud }: ComputeCall, wanted: string | undefined): string {
  const zones = cloud.settings.offer.zones.compute;
  const zone = wanted ?? zones[0] ?? '';
  if (!zones.includes(zone)) throw badRequest('The requested availability zone is not available');
  return zone;
}

/** @throws Refusal if the image does not fit on the disk of the flavor. */
function refuseLocalDisk({ cloud, caller }: ComputeCall, { disk }: Flavor, plans: readonly DiskPlan[]): void {
  if (!plans.some(({ root, volume }) => root && volume.kind === 'none')) return;
  if (disk === 0 && !caller.roles.has('admin')) {
    throw new Refusal(403, 'A server with a flavor that has no disk boots from a volume only.');
  }
  if (disk > 0 && disk < cloud.settings.offer.imageDisk) {
    throw badRequest('The disk of the flavor is too small for the requested image.');
  }
}

function metadataOf(given: unknown): Readonly<Record<string, string>> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(Object.entries(given as JsonObject).map(([name, value]) => [name, pythonText(value)]));
}

function checkQuota({ cloud, caller }: ComputeCall, flavor: Flavor): void {
  const own = [...cloud.compute.servers.values()].filter(({ projectId }) => projectId === caller.projectId);
  const { servers, cores } = cloud.settings.quotas;
  const usedCores = own.reduce((sum, server) => sum + server.flavor.vcpus, 0);
  if (servers >= 0 && own.length + 1 > servers) throw overQuota('instances', 1, own.length, servers);
  if (cores >= 0 && usedCores + flavor.vcpus > cores) throw overQuota('cores', flavor.vcpus, usedCores, cores);
}

function overQuota(what: string, asked: number, used: number, limit: number): Refusal {
  return new Refusal(
    403,
    `Quota exceeded for ${what}: Requested ${asked}, but already used ${used} of ${limit} ${what}`,
  );
}
