/** Clauses on an attached volume when its server is deleted, and on simultaneous requests. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { formatMicroversion, isSince } from '../../../src/microversion.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { expectResponse, expectStatus } from '../../../src/clauses/matchers.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { volumeStatus } from '../../block-storage/show-volume.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Server } from '../resource-types/server.ts';
import { deleteServer } from './delete-server.ts';
import {
  attachStatus,
  eventuallyAttached,
  eventuallyDetached,
  eventuallyFree,
  listedVolumes,
  observeVolume,
} from '../observe-attachments.ts';
import { control } from '../rules/refusal.ts';
import { attach, detach, list, update } from './calls.ts';
import { attaching, detaching, parameter, updating } from './quotes.ts';

const whetherDeleted = parameter('attachment_delete_flag')('Whether the volume is deleted together with the server.');

export const lifetimeClauses: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#deletes-the-volume-with-the-server',
    statement: 'A volume attached with delete_on_termination true MUST be deleted when its server is deleted.',
    quotes: [
      whetherDeleted,
      parameter('attach_delete_flag')('Whether the volume is to be deleted together with the server.'),
    ],
    range: '2.79-',
    killedBy: ['compute:termination-keeps-volume'],
    check: (ctx) => afterServerDeletion(ctx, 'true'),
  },
  {
    id: 'compute/attach-volume#keeps-the-volume-of-a-deleted-server',
    statement: 'A volume attached with delete_on_termination false MUST be available when its server is deleted.',
    quotes: [whetherDeleted],
    range: '2.79-',
    killedBy: ['compute:termination-deletes-volume', 'compute:termination-keeps-attachment'],
    check: (ctx) => afterServerDeletion(ctx, 'false'),
  },
  {
    id: 'compute/attach-volume#keeps-the-volume-unless-told',
    statement: 'A volume attached without delete_on_termination MUST be available when its server is deleted.',
    quotes: [parameter('attach_delete_flag')('The default is ``false``.')],
    range: '2.1-2.100',
    killedBy: ['compute:attach-deletes-by-default'],
    check: (ctx) => afterServerDeletion(ctx, 'unset'),
  },
  {
    id: 'compute/update-volume-attachment#changed-flag-is-obeyed',
    statement: 'The delete_on_termination of the last update MUST be obeyed when the server is deleted.',
    quotes: [
      updating('Changes what happens to an attached volume when its server goes.'),
      parameter('update_delete_flag')('Whether the volume is to be deleted together with the server.'),
    ],
    killedBy: ['compute:update-not-obeyed'],
    check: (ctx) => afterServerDeletion(ctx, 'updated'),
  },
  {
    id: 'compute/attach-volume#serves-one-of-two-servers',
    statement: 'Of two attaches of one volume to two servers at the same time, exactly one MUST come to its end.',
    quotes: [attaching('Makes a volume a disk of a server.')],
    killedBy: ['compute:attach-without-lock'],
    check: async (ctx) => {
      const [[first, second], volume] = await Promise.all([fixtures(ctx).pair(), fixtures(ctx).volume()]);
      const responses = await Promise.all([attach(ctx, first, volume), attach(ctx, second, volume)]);
      const accepted = responses.filter((response) => statusOf(response) === attachStatus(ctx));
      if (accepted.length === 0) return responses.flatMap((response) => expectStatus(response, attachStatus(ctx)));
      const completed = await eventuallyInUse(ctx, volume);
      if (completed.length > 0) return completed;
      const listings = await Promise.all([first, second].map((server) => listingOf(ctx, server, volume)));
      const wrong = responses.flatMap((response) => expectStatus(response, attachStatus(ctx), 400, 409));
      return [...wrong, ...exactlyOne(listings)];
    },
  },
  {
    id: 'compute/attach-volume#serves-one-of-two-attaches',
    statement: 'Of two attaches of one volume to one server at the same time, the server MUST keep one.',
    quotes: [attaching('Makes a volume a disk of a server.')],
    killedBy: ['compute:attach-without-lock'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      const responses = await Promise.all([attach(ctx, server, volume), attach(ctx, server, volume)]);
      const accepted = responses.some((response) => statusOf(response) === attachStatus(ctx));
      if (!accepted) return responses.flatMap((response) => expectStatus(response, attachStatus(ctx)));
      const attached = await eventuallyAttached(ctx, server, volume);
      const seen = await list(ctx, server, { purpose: 'observation' });
      const wrong = responses.flatMap((response) => expectStatus(response, attachStatus(ctx), 400, 409));
      const once = expectResponse(seen, 200, (shown) => {
        const times = listedVolumes(shown).filter((id) => id === volume.id).length;
        if (times === 1) return [];
        return [{ kind: 'value', exchange: shown.id, pointer: '/volumeAttachments', expected: 1, seen: times }];
      });
      return [...wrong, ...attached, ...once];
    },
  },
  {
    id: 'compute/detach-volume#serves-two-detaches',
    statement:
      'Of two detaches of one volume at the same time, one MUST be accepted and the volume be free at the end.',
    quotes: [detaching('Takes a volume away from a server.')],
    killedBy: ['compute:detach-without-lock'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      const responses = await Promise.all([detach(ctx, server, volume), detach(ctx, server, volume)]);
      const accepted = responses.some((response) => statusOf(response) === 202);
      const wrong = accepted
        ? responses.flatMap((response) => expectStatus(response, 202, 400, 404, 409))
        : responses.flatMap((response) => expectStatus(response, 202));
      const detached = await eventuallyDetached(ctx, server, volume);
      return [...wrong, ...(detached.length > 0 ? detached : await eventuallyFree(ctx, volume))];
    },
  },
];

/** How the flag of an attachment was set: by the attach, not at all, or by an update. */
type FlagSetting = 'true' | 'false' | 'unset' | 'updated';

interface SetFlag {
  readonly fields: JsonObject;
  readonly update?: true;
  /** What happens to the volume. */
  readonly expected: 'deleted' | 'available';
}

const flagSettings: Readonly<Record<FlagSetting, SetFlag>> = {
  true: { fields: { delete_on_termination: true }, expected: 'deleted' },
  false: { fields: { delete_on_termination: false }, expected: 'available' },
  unset: { fields: {}, expected: 'available' },
  updated: { fields: {}, update: true, expected: 'deleted' },
};

/** What happened to the volume whose flag was set so, when its server was deleted. */
async function afterServerDeletion(ctx: CheckContext, own: FlagSetting): Promise<readonly Finding[]> {
  const together = own === 'unset' ? [own] : settingsOfFlag(ctx);
  const key = `deletion of a server with volumes of flag ${together.join(', ')} at ${formatMicroversion(ctx.microversion)}`;
  const found = await ctx.shared(key, (inner) => deletedWithServer(inner, together));
  return found.get(own) ?? [];
}

/** Those that the microversion has. */
function settingsOfFlag({ microversion: version }: CheckContext): readonly FlagSetting[] {
  const hasUpdate = isSince(version, '2.85');
  return hasUpdate ? ['true', 'false', 'updated'] : ['true', 'false'];
}

/** Attaches a volume for each setting to one exclusive server, deletes the server, and checks each volume. */
async function deletedWithServer(
  ctx: CheckContext,
  settings: readonly FlagSetting[],
): Promise<ReadonlyMap<FlagSetting, readonly Finding[]>> {
  const server = await fixtures(ctx).exclusiveServer();
  const attached = new Map<FlagSetting, Volume>();
  const findings = new Map<FlagSetting, readonly Finding[]>();
  for (const setting of settings) {
    const volume = await fixtures(ctx).disposableVolume();
    const failed = await attachWithFlag(ctx, server, volume, flagSettings[setting]);
    if (failed.length > 0) findings.set(setting, failed);
    else attached.set(setting, volume);
  }
  if (attached.size === 0) return findings;
  await deleteServer(ctx, server);
  for (const [setting, volume] of attached) {
    findings.set(setting, await eventuallyIs(ctx, volume, flagSettings[setting].expected));
  }
  return findings;
}

async function attachWithFlag(
  ctx: CheckContext,
  server: Server,
  volume: Volume,
  { fields, update: isUpdated }: SetFlag,
): Promise<readonly Finding[]> {
  const refused = expectStatus(await attach(ctx, server, volume, fields), attachStatus(ctx));
  const attached = refused.length > 0 ? refused : await eventuallyAttached(ctx, server, volume);
  if (attached.length > 0 || !isUpdated) return attached;
  return expectStatus(await update(ctx, server, volume, { delete_on_termination: true }), 202);
}

function eventuallyIs(
  ctx: CheckContext,
  volume: Volume,
  expected: 'deleted' | 'available',
): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeVolume(ctx, volume),
    until: (seen) => (expected === 'deleted' ? statusOf(seen) === 404 : volumeStatus(seen) === 'available'),
    expected: `the volume ${expected}`,
    seen: (last) => `status ${volumeStatus(last) ?? String(statusOf(last))}`,
    timeoutMs: timeouts.attachment,
  });
}

/** Waits until one of two simultaneous attaches has completed. */
function eventuallyInUse(ctx: CheckContext, volume: Volume): Promise<readonly Finding[]> {
  return ctx.eventually({
    look: () => observeVolume(ctx, volume),
    until: (seen) => volumeStatus(seen) === 'in-use',
    expected: 'the volume in-use',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    timeoutMs: timeouts.attachment,
  });
}

interface ServerListing {
  readonly seen: Exchange;
  readonly has: boolean;
}

async function listingOf(ctx: CheckContext, server: Server, volume: Volume): Promise<ServerListing> {
  const seen = control(await list(ctx, server, { purpose: 'observation' }), 'listing the attachments of the server');
  return { seen, has: listedVolumes(seen).includes(volume.id) };
}

function exactlyOne(listings: readonly ServerListing[]): readonly Finding[] {
  const count = listings.filter(({ has }) => has).length;
  const last = listings.at(-1);
  if (count === 1 || !last) return [];
  return [
    { kind: 'value', exchange: last.seen.id, pointer: '/volumeAttachments', expected: 'one server', seen: count },
  ];
}
