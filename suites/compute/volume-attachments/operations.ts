/** The operations on volume attachments, each declared once. */
import {
  operation,
  resourceIn,
  type DeclaredOperation,
  type Named,
  type Resources,
  type ResourceUse,
} from '../../../src/clauses/define-operation.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Place } from '../../../src/resources/declared-change.ts';
import { volume } from '../../block-storage/volume.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { server } from '../resource-types/server.ts';
import type { StateName } from '../fixtures/server-states.ts';
import { eventuallyAttached, eventuallyDetached } from '../observe-attachments.ts';
import { allowed, forbiddenSince27 } from '../rules/roles.ts';
import { whoMayCall } from '../rules/sections.ts';
import { observeAttach, observeDetach } from './observe-calls.ts';
import { detachedIn } from './observed-in-state.ts';
import { oddDevices, oddFlags, oddTags, oddTexts } from './odd-values.ts';
import { attaching, detaching, swapping, updating } from './quotes.ts';
import {
  currentMembers,
  device,
  flag,
  inState,
  ofAttachment,
  ownTag,
  readOnly,
  rejectionTarget,
  tag,
  volumeId,
} from './prepared-calls.ts';
import {
  everyState,
  listedInStates,
  settled,
  shelvedGives,
  shelvedTakes,
  shownInStates,
  unsettled,
} from './state-rules.ts';

const collection = '/servers/{server_id}/os-volume_attachments';
const member = `${collection}/{volume_id}` as const;

const ofServer: ResourceUse = { to: server, at: ['path server_id'], scope: 'project' };
const attached: ResourceUse = { to: volume, at: ['path volume_id'], scope: 'project' };
const settings = [device, tag, flag].map((pointer): Place => `body /${pointer.slice(1)}`);
const inBody = 'body /volumeAttachment/volumeId';
/** The body may be an attachment as it was shown; the service identifies the attachment by the path only. */
const shownMembers = ['id', 'attachment_id', 'bdm_uuid'].map((name): Place => `body /volumeAttachment/${name}`);
const shownServer = { 'body /volumeAttachment/serverId': { to: server } } as const;

const readerReads = allowed(whoMayCall('A reader of the project may list and show attachments.'));
const memberChanges = whoMayCall('A member of the project may attach, update and detach besides.');
const adminCalls = whoMayCall('An administrator may call every operation for the servers of every project.');
const anyoneElse = whoMayCall('A caller without the right is answered with 403.');
const readersChange = whoMayCall('A reader may not attach, update, detach or swap.');
const updaters = updating('The default policy lets members of the project and administrators update an attachment.');
const noService = forbiddenSince27(
  whoMayCall('The service role alone gives no right to list, show, attach, update or detach.'),
  anyoneElse,
);
const noReader = forbiddenSince27(readersChange, anyoneElse);

export const listVolumeAttachments = operation('compute/list-volume-attachments', {
  call: `GET ${collection}`,
  noun: 'A list',
  caller: 'member',
  reads: true,
  resources: { server: ofServer },
  query: { limit: '1000', offset: '0' },
  wrongQuery: { query: 'limit=osc', words: 'a wrong limit' },
  accepted: readOnly,
  observe: async (ctx) => ({ attachments: await fixtures(ctx).readOnly() }),
  rejected: readOnly,
  removed: deletedServer,
  roles: { reader: readerReads, admin: allowed(adminCalls), service: noService },
  refusedFirst: ['query before resource', 'query before role'],
  serverStates: listedInStates,
});

export const showVolumeAttachment = operation('compute/show-volume-attachment', {
  call: `GET ${member}`,
  noun: 'A show',
  caller: 'member',
  reads: true,
  resources: { server: ofServer, volume: attached },
  query: { limit: '1000', offset: '0' },
  accepted: readOnly,
  observe: (_, resources) => Promise.resolve({ server: serverIn(resources), volume: volumeIn(resources) }),
  rejected: readOnly,
  removed: deletedAttachment,
  roles: { reader: readerReads, admin: allowed(adminCalls), service: noService },
  serverStates: shownInStates,
});

export const attachVolume = operation('compute/attach-volume', {
  call: `POST ${collection}`,
  noun: 'An attach',
  caller: 'member',
  resources: { server: ofServer, volume: { to: volume, at: [inBody], scope: 'project' } },
  values: settings,
  oddMembers: {
    range: '2.79-',
    values: { tag: oddTags, device: oddDevices, delete_on_termination: oddFlags, volumeId: oddTexts },
  },
  accepted: async (ctx) => {
    const [target, free] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
    return {
      resources: { server: target, volume: free },
      members: {
        [volumeId]: free.id,
        [device]: await fixtures(ctx).freeDevice(),
        [tag]: ownTag,
        [flag]: false,
      },
    };
  },
  observe: (ctx, resources, response) => observeAttach(ctx, serverIn(resources), volumeIn(resources), response),
  rejected: (ctx) =>
    rejectionTarget(
      ctx,
      () => ({ [tag]: ownTag, [flag]: false }),
      ({ attached: { server: target }, free }) => ({
        server: target,
        volume: free,
      }),
    ),
  effect: (ctx, resources) => eventuallyAttached(ctx, serverIn(resources), volumeIn(resources)),
  removed: deletedServer,
  roles: {
    member: allowed(memberChanges),
    admin: allowed(adminCalls),
    reader: noReader,
    service: noService,
  },
  serverStates: {
    noun: 'An attach to',
    quote: attaching('Error response codes: 409'),
    quotes: { shelved: shelvedTakes, 'shelved-offloaded': shelvedTakes },
    accepted: settled,
    refused: unsettled,
    locked: 'refused',
  },
  refusedFirst: ['body before resource', 'body before role', 'resource before role', 'role before volume'],
});

export const updateVolumeAttachment = operation('compute/update-volume-attachment', {
  call: `PUT ${member}`,
  noun: 'An update',
  caller: 'member',
  resources: {
    server: ofServer,
    // A volume in the body other than that in the path makes the request a swap.
    volume: { to: volume, at: ['path volume_id', inBody], scope: 'project' },
  },
  refers: shownServer,
  values: [...settings, ...shownMembers],
  marks: { [flag]: true },
  oddMembers: {
    range: '2.85-',
    values: { tag: oddTags, device: oddDevices, delete_on_termination: oddFlags, id: oddTexts },
  },
  accepted: async (ctx) => {
    const own = await fixtures(ctx).attachment('keeps');
    return { resources: ofAttachment(own), members: currentMembers(own) };
  },
  rejected: (ctx) => rejectionTarget(ctx, currentMembers, ({ attached: own }) => ofAttachment(own)),
  removed: deletedAttachment,
  roles: {
    member: { is: 'allowed', quotes: [updaters, memberChanges], errata: ['update-needs-a-member'] },
    admin: allowed(updaters, adminCalls),
    reader: noReader,
    service: noService,
  },
  serverStates: {
    noun: 'An update of an attachment of',
    quote: updating('Changes what happens to an attached volume when its server goes.'),
    quotes: { locked: updating('Since microversion 2.85 the value of ``delete_on_termination`` can be changed.') },
    accepted: everyState,
    locked: 'accepted',
    errata: ['update-knows-no-lock-or-state'],
    prepared: async (ctx, state) => {
      const { attached: own } = await (state === 'locked' ? fixtures(ctx).locked() : inState(ctx, state));
      return { resources: ofAttachment(own) };
    },
  },
  refusedFirst: ['body before resource', 'body before role', 'resource before role', 'role before volume'],
});

export const swapVolume = operation('compute/swap-volume', {
  call: `PUT ${member}`,
  noun: 'A swap',
  caller: 'admin',
  resources: {
    server: ofServer,
    volume: { to: volume, at: ['path volume_id'] },
    replacement: { to: volume, at: [inBody] },
  },
  refers: shownServer,
  values: [...settings, ...shownMembers],
  accepted: async (ctx) => {
    const { replacement, ...own } = await fixtures(ctx).migrating();
    return {
      resources: { ...ofAttachment(own), replacement },
      members: { ...currentMembers(own), [volumeId]: replacement.id },
    };
  },
  observe: async (ctx, resources) => {
    const incomplete = await eventuallyAttached(ctx, serverIn(resources), resourceIn(resources, 'replacement'));
    return incomplete.length > 0 ? { incomplete } : undefined;
  },
  rejected: (ctx) =>
    rejectionTarget(ctx, currentMembers, ({ attached: own, free }) => ({ ...ofAttachment(own), replacement: free })),
  roles: {
    member: {
      is: 'forbidden',
      quotes: [
        swapping('The call is a step of a volume migration that the block storage service conducts.'),
        swapping('Error response codes: 403'),
        whoMayCall('A member may not swap.'),
      ],
      errata: ['swap-needs-the-service-role'],
    },
    reader: { is: 'forbidden', quotes: [readersChange, anyoneElse] },
  },
  refusedFirst: ['body before resource'],
});

export const detachVolume = operation('compute/detach-volume', {
  call: `DELETE ${member}`,
  noun: 'A detach',
  caller: 'member',
  resources: { server: ofServer, volume: attached },
  accepted: async (ctx) => ({ resources: ofAttachment(await fixtures(ctx).attachment()) }),
  observe: (ctx, resources, response) => observeDetach(ctx, serverIn(resources), volumeIn(resources), response),
  rejected: (ctx) =>
    rejectionTarget(
      ctx,
      () => ({}),
      ({ attached: own }) => ofAttachment(own),
    ),
  effect: (ctx, resources) => eventuallyDetached(ctx, serverIn(resources), volumeIn(resources)),
  removed: deletedAttachment,
  roles: {
    member: allowed(memberChanges),
    admin: allowed(adminCalls),
    reader: noReader,
    service: noService,
  },
  serverStates: {
    noun: 'A detach from',
    quote: detaching('Error response codes: 409'),
    quotes: { shelved: shelvedGives, 'shelved-offloaded': shelvedGives },
    accepted: settled,
    refused: unsettled,
    locked: 'refused',
    observed: (ctx, state) => detachedIn(ctx, state as StateName),
  },
  refusedFirst: ['resource before role', 'role before volume', 'attachment before lock'],
});

/** In the order of the contract. */
export const volumeAttachmentOperations: readonly DeclaredOperation[] = [
  listVolumeAttachments,
  showVolumeAttachment,
  attachVolume,
  updateVolumeAttachment,
  swapVolume,
  detachVolume,
];

/** The server alone, or with the volume that it had. */
async function deletedServer(ctx: CheckContext): Promise<Resources> {
  return { server: (await fixtures(ctx).deleted()).server };
}

async function deletedAttachment(ctx: CheckContext): Promise<Resources> {
  return ofAttachment(await fixtures(ctx).deleted());
}

const serverIn = (resources: Resources): Named => resourceIn(resources, 'server');
const volumeIn = (resources: Resources): Named => resourceIn(resources, 'volume');
