/**
 * New servers: what a request asks for, and the work until they run.
 */

import { usualHosts } from '../../host.ts';
import { isOpen } from '../../kernel/endpoint.ts';
import { isObject, type Json, type JsonObject, member, textMember } from '../../kernel/http.ts';
import { pythonText } from '../../kernel/python-text.ts';
import { finishEvent, startAction, startEvent } from '../action-log.ts';
import type { ComputeCall } from '../call.ts';
import { addPort, defaultNetwork, networkOf } from '../networks/networks.ts';
import type { Of } from '../on-server.ts';
import { groupWith, hintedGroup } from '../server-groups/groups.ts';
import type { Flavor, Server } from '../state.ts';
import { parseFlag } from '../volume-attachments/flag.ts';
import { connectDisks, type DiskPlan, mapDisks, planDisks } from './boot-disks.ts';
import { power } from '../server-actions/transition.ts';

export interface Created {
  readonly servers: readonly Server[];
  readonly plans: readonly DiskPlan[];
  readonly password: string;
  /** Whether the response has the id of the reservation only. */
  readonly reservationOnly: boolean;
}

export function newServers(subject: Of<unknown>, count: number): Created | undefined {
  const { call, wanted } = subject;
  const flavor = call.cloud.compute.flavors.get(pythonText(wanted.flavorRef));
  if (!flavor) return undefined;
  const reservationId = `r-${call.cloud.newId().slice(0, 8)}`;
  const servers = Array.from({ length: count }, (_, index) =>
    newServer(subject, flavor, { reservationId, launchIndex: index, count }),
  );
  return {
    servers,
    plans: planDisks(call, wanted.block_device_mapping_v2, imageIn(wanted)),
    password: textMember(wanted, 'adminPass') ?? call.cloud.newId().slice(-12),
    reservationOnly: parseFlag(wanted.return_reservation_id ?? false),
  };
}

export function createServers(subject: Of<unknown>, { servers, plans }: Created): void {
  const { call, rules, wanted } = subject;
  const group = hintedGroup(call, hintsIn(call));
  for (const server of servers) {
    mapDisks(call, server, plans);
    call.cloud.compute.servers.set(server.id, server);
    group?.members.push(server.id);
    for (const { network, address, tag } of networksIn(call, wanted.networks)) {
      addPort(call, server, network, { ...(address !== undefined && { address }), tag });
    }
    build(
      call,
      server,
      plans,
      rules.delays ?? {},
      textMember(wanted, 'host') ?? textMember(wanted, 'hypervisor_hostname'),
    );
  }
}

export function hintsIn({ body }: ComputeCall): Json | undefined {
  return member(body, 'os:scheduler_hints') ?? member(body, 'OS-SCH-HNT:scheduler_hints');
}

export function imageIn(wanted: JsonObject): string | null {
  const id = textMember(wanted, 'imageRef') ?? '';
  return id === '' ? null : id;
}

export function hostnameOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63);
}

export function metadataOf(given: Json | undefined): Readonly<Record<string, string>> {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, pythonText(value)]));
}

type Counted = Pick<Server, 'reservationId' | 'launchIndex'> & { readonly count: number };

function newServer({ call, rules, wanted }: Of<unknown>, flavor: Flavor, { count, ...from }: Counted): Server {
  const { cloud, caller } = call;
  const { launchIndex } = from;
  const hints = hintsIn(call);
  const given = textMember(wanted, 'name')?.trim() ?? '';
  const name = count === 1 ? given : `${given}-${launchIndex + 1}`;
  const zone = textMember(wanted, 'availability_zone');
  const certificates = wanted.trusted_image_certificates;
  const tags = wanted.tags;
  cloud.compute.serversCreated += 1;
  return {
    id: cloud.newId(),
    number: cloud.compute.serversCreated,
    name,
    description: textMember(wanted, 'description') ?? (isOpen(rules, 'name-as-description', call.at) ? name : null),
    hostname: textMember(wanted, 'hostname') ?? hostnameOf(name),
    projectId: caller.projectId ?? '',
    userId: caller.userId,
    flavor,
    formerFlavor: undefined,
    formerHost: undefined,
    formerVmState: undefined,
    ...from,
    imageId: imageIn(wanted),
    zone: zone ?? cloud.settings.offer.zones.compute[0] ?? '',
    pinnedZone: zone ?? null,
    schedulerHints: isObject(hints) ? hints : {},
    diskConfig: textMember(wanted, 'OS-DCF:diskConfig') ?? 'MANUAL',
    accessIPv4: textMember(wanted, 'accessIPv4') ?? '',
    accessIPv6: textMember(wanted, 'accessIPv6') ?? '',
    hasConfigDrive: parseFlag(wanted.config_drive ?? false),
    userData: textMember(wanted, 'user_data') ?? null,
    trustedCertificates: Array.isArray(certificates) ? (certificates as readonly string[]) : null,
    fault: undefined,
    metadata: metadataOf(wanted.metadata),
    securityGroups: groupNamesIn(wanted),
    // As if its guest had stored one, encrypted with the key pair of the server.
    encryptedPassword: 'b3NjLWVuY3J5cHRlZA==',
    tags: Array.isArray(tags) ? [...new Set(tags as readonly string[])].sort() : [],
    createdAt: cloud.now(),
    updatedAt: cloud.now(),
    launchedAt: null,
    terminatedAt: null,
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

interface WantedNetwork {
  readonly network: NonNullable<ReturnType<typeof networkOf>>;
  readonly address: string | undefined;
  readonly tag: string | null;
}

/** Without networks in the request, before 2.37, the project's only one. */
export function networksIn(call: ComputeCall, given: Json | undefined): readonly WantedNetwork[] {
  const own = defaultNetwork(call);
  const automatic = own ? [{ network: own, address: undefined, tag: null }] : [];
  if (given === 'none') return [];
  if (!Array.isArray(given) || given.length === 0) return automatic;
  return given.flatMap((one: Json) => {
    const network = networkOf(call, textMember(one, 'uuid') ?? '');
    return network ? [{ network, address: textMember(one, 'fixed_ip'), tag: textMember(one, 'tag') ?? null }] : [];
  });
}

function groupNamesIn({ security_groups: groups }: JsonObject): readonly string[] {
  const names = Array.isArray(groups) ? groups.map((one: Json) => textMember(one, 'name') ?? 'default') : [];
  return names.length === 0 ? ['default'] : [...new Set(names)];
}

function build(
  call: ComputeCall,
  server: Server,
  plans: readonly DiskPlan[],
  delays: Readonly<Record<string, number>>,
  requested: string | undefined,
): void {
  const { cloud } = call;
  const action = startAction(call, server, 'create');
  const building = (): boolean =>
    cloud.compute.servers.has(server.id) && server.vmState === 'building' && server.taskState !== 'deleting';
  cloud.schedule.after(delays.schedule ?? 0, () => {
    if (!building()) return;
    const host = requested ?? hostFor(call, server);
    if (host === undefined) {
      const scheduling = startEvent(action, 'conductor_schedule_and_build_instances', server, cloud.now());
      fail(call, server);
      finishEvent(action, scheduling, 'Error', cloud.now());
      return;
    }
    server.host = host;
    server.taskState = 'spawning';
    const event = startEvent(action, 'compute__do_build_and_run_instance', server, cloud.now());
    cloud.schedule.after(delays.spawn ?? 0, () => {
      if (!building()) return;
      if (isFailing(call)) {
        fail(call, server);
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

function fail({ cloud }: ComputeCall, server: Server): void {
  server.vmState = 'error';
  server.taskState = null;
  server.fault = 'No valid host was found. There are not enough hosts available.';
  server.updatedAt = cloud.now();
}

/** The first host, unless it has as many servers of an anti-affinity group as it may have. */
function hostFor(call: ComputeCall, server: Server): string | undefined {
  const { servers } = call.cloud.compute;
  const group = groupWith(call.cloud.compute, server);
  if (group?.policy !== 'anti-affinity') return usualHosts[0];
  const others = group.members.filter((id) => id !== server.id);
  const on = (host: string): number => others.filter((id) => servers.get(id)?.host === host).length;
  return usualHosts.find((host) => on(host) < (group.maxServerPerHost ?? 1));
}

/** Whether this boot fails, as every `failBoots`-th does. */
function isFailing({ cloud }: ComputeCall): boolean {
  const interval = cloud.settings.failBoots;
  cloud.compute.boots += 1;
  return interval > 0 && cloud.compute.boots % interval === 0;
}
