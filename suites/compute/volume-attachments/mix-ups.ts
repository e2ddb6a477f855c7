/** Clauses on confusions of servers, of attachments, and of members of one request, and on side effects of refusals. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { attachedServers, volumeStatus } from '../../block-storage/show-volume.ts';
import { attach as prepareAttachment } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import type { Server } from '../resource-types/server.ts';
import { attachStatus, eventuallyAttached, eventuallyDetached, observeVolume } from '../observe-attachments.ts';
import { control, expectRefused, observeServer } from '../rules/refusal.ts';
import { attach, detach, show, update } from './calls.ts';
import { known, tagAndFlag } from './kept-members.ts';
import { attachVolume, detachVolume } from './operations.ts';
import { reachAttachedTwice } from './observed-multiattach.ts';
import { flag, ownTag, tag } from './prepared-calls.ts';
import { goodBehaviour } from '../rules/sections.ts';
import { attaching, detaching, parameter, showing, updating } from './quotes.ts';
import { refusal } from './refusal.ts';

const unchanged = goodBehaviour('A refused request changes nothing.');

export const mixUpClauses: readonly WrittenClause[] = [
  {
    id: 'compute/show-volume-attachment#refuses-a-volume-of-another-server',
    statement: 'Showing a volume that another server has MUST be answered with 404.',
    quotes: [showing('Error response codes: 404')],
    killedBy: ['compute:blind-show-looks-past-server', 'compute/show-volume-attachment:unscoped-lookup:attachment'],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      return refusal(ctx, 404, ({ attached }) => show(ctx, server, attached.volume));
    },
  },
  {
    id: 'compute/update-volume-attachment#refuses-a-volume-of-another-server',
    statement: 'An update of a volume that another server has MUST be answered with 404.',
    quotes: [updating('Error response codes: 404')],
    killedBy: ['compute/update-volume-attachment:unscoped-lookup:attachment'],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      return refusal(ctx, 404, ({ attached }) => update(ctx, server, attached.volume));
    },
  },
  {
    id: 'compute/show-volume-attachment#attachment-id-is-of-this-server',
    statement: 'The attachment_id of a volume of several servers MUST be the one of the server that was asked for.',
    quotes: [parameter('attachment_record')('The attachment as the block storage service knows it, by its UUID.')],
    range: '2.89-',
    capabilities: ['multiattach'],
    killedBy: ['compute:blind-show-mixes-up-multiattach'],
    check: ownAttachmentIds,
  },
  {
    id: 'compute/attach-volume#keeps-flag-and-tag-together',
    statement: 'An attach with a tag and delete_on_termination MUST keep them both.',
    quotes: [
      parameter('attach_tag')('A word by which the guest can find the disk.'),
      attaching('Makes a volume a disk of a server.'),
    ],
    range: '2.79-',
    killedBy: ['compute:blind-flag-lost-beside-tag'],
    check: judgeAccepted(attachVolume, tagAndFlag, ({ late }) => [
      ...known(late.showFull, tag, ownTag),
      ...known(late.showFull, flag, true),
    ]),
  },
  {
    id: 'compute/detach-volume#takes-the-named-volume',
    statement: 'A detach MUST take the volume that it names, and no other of the same server.',
    quotes: [detaching('Takes a volume away from a server.')],
    killedBy: ['compute:blind-detach-takes-newest'],
    check: async (ctx) => {
      const { server, older, newer } = await twoAttached(ctx);
      const refused = expectStatus(await detach(ctx, server, older), 202);
      const detached = refused.length > 0 ? refused : await eventuallyDetached(ctx, server, older);
      if (detached.length > 0) return detached;
      return expectStatus(await show(ctx, server, newer, { purpose: 'observation' }), 200);
    },
  },
  {
    id: 'compute/update-volume-attachment#changes-the-named-attachment',
    statement: 'An update MUST change the attachment that it names, and no other of the same server.',
    quotes: [updating('Since microversion 2.85 the value of ``delete_on_termination`` can be changed.')],
    killedBy: ['compute:blind-flag-on-newest'],
    check: async (ctx) => {
      const { server, older, newer } = await twoAttached(ctx);
      const refused = expectStatus(await update(ctx, server, older, { delete_on_termination: true }), 202);
      if (refused.length > 0) return refused;
      const look = { purpose: 'observation' } as const;
      return [
        ...expectFlag(await show(ctx, server, older, look), true),
        ...expectFlag(await show(ctx, server, newer, look), false),
      ];
    },
  },
  {
    id: 'compute/attach-volume#names-the-device-beside-other-disks',
    statement: 'Up to 2.100 the device in the reply MUST be the one shown afterwards, beside other disks too.',
    quotes: [parameter('attach_reply_device')('The device name given, such as ``/dev/vdb``.')],
    range: '2.1-2.100',
    killedBy: ['compute:blind-reply-guesses-device'],
    check: namesTheDevice,
  },
  {
    id: 'compute/detach-volume#gone-means-detached',
    statement: 'A volume that a detach has taken from the list MUST NOT be attached to the server any more.',
    quotes: [
      detaching(
        'Its end shows in ``GET /servers/{server_id}/os-volume_attachments``: poll until the volume is gone from it.',
      ),
    ],
    killedBy: ['compute:blind-list-drops-detaching'],
    check: judgeAccepted(detachVolume, {}, ({ server, volume }) =>
      expectResponse(volume, 200, (shown) => {
        const still = attachedServers(shown);
        if (!still.includes(server.id)) return [];
        return [{ kind: 'value', exchange: shown.id, pointer: '/volume/attachments', expected: [], seen: [...still] }];
      }),
    ),
  },
  {
    id: 'compute/detach-volume#keeps-the-volume-itself',
    statement: 'A detach MUST NOT delete the volume, whatever its delete_on_termination says.',
    quotes: [detaching('Takes a volume away from a server.')],
    range: '2.79-',
    errata: ['detach-may-delete-the-volume'],
    killedBy: ['compute:blind-detach-deletes-volume'],
    check: keepsTheVolume,
  },
  {
    id: 'compute/attach-volume#leaves-the-volume-free-when-refused',
    statement: 'An attach that a locked server refuses SHOULD leave the volume available.',
    quotes: [unchanged],
    killedBy: ['compute:blind-refused-attach-reserves'],
    check: async (ctx) => {
      const [locked, volume] = await Promise.all([fixtures(ctx).locked(), fixtures(ctx).volumeToKeep()]);
      const response = await attach(ctx, locked.server, volume);
      if (expectStatus(response, 409).length > 0) locked.makeDirty();
      control(await observeServer(ctx, locked.server), 'the server');
      const seen = await observeVolume(ctx, volume);
      const findings = [
        ...expectRefused(response, 409),
        ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'available')),
      ];
      if (findings.length > 0) volume.makeDirty();
      return findings;
    },
  },
  {
    id: 'compute/update-volume-attachment#leaves-the-flag-when-refused',
    statement: 'An update that is refused for another member SHOULD leave delete_on_termination as it was.',
    quotes: [unchanged],
    killedBy: ['compute:blind-refused-update-saves-flag'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      const fields = { device: '/dev/vdzz', delete_on_termination: true };
      const refused = expectRefused(await update(ctx, server, volume, fields), 400);
      const seen = await show(ctx, server, volume, { purpose: 'observation' });
      return [...refused, ...expectFlag(seen, false)];
    },
  },
];

function expectFlag(seen: Exchange, value: boolean): readonly Finding[] {
  return expectResponse(seen, 200, (shown) => expectValue(shown, flag, value));
}

async function ownAttachmentIds(ctx: CheckContext): Promise<readonly Finding[]> {
  const { servers, volume, shown } = await reachAttachedTwice(ctx);
  const entries = jsonList(atPointer(bodyOf(control(volume, 'the volume')), '/volume/attachments')).map(jsonObject);
  return shown.flatMap((response, index) => {
    const own = entries.find(({ server_id: id }) => id === servers[index]?.id)?.attachment_id ?? null;
    return expectResponse(response, 200, (seen) => expectValue(seen, '/volumeAttachment/attachment_id', own));
  });
}

async function keepsTheVolume(ctx: CheckContext): Promise<readonly Finding[]> {
  const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).disposableVolume()]);
  const response = await attach(ctx, server, volume, { delete_on_termination: true });
  const refused = expectStatus(response, attachStatus(ctx));
  const attached = refused.length > 0 ? refused : await eventuallyAttached(ctx, server, volume);
  if (attached.length > 0) return attached;
  const refusedDetach = expectStatus(await detach(ctx, server, volume), 202);
  if (refusedDetach.length > 0) return refusedDetach;
  const detached = await eventuallyDetached(ctx, server, volume);
  if (detached.length > 0) return detached;
  return ctx.eventually({
    look: () => observeVolume(ctx, volume),
    until: (seen) => volumeStatus(seen) === 'available',
    expected: 'the volume available',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    timeoutMs: timeouts.attachment,
  });
}

/** Attaches two volumes to one server, one after the other. */
async function twoAttached(ctx: CheckContext): Promise<{ server: Server; older: Volume; newer: Volume }> {
  const server = await fixtures(ctx).server();
  const [older, newer] = [await fixtures(ctx).volume(), await fixtures(ctx).volume()];
  await ctx.fixture(() => prepareAttachment(ctx.run, server, older));
  await ctx.fixture(() => prepareAttachment(ctx.run, server, newer));
  return { server, older, newer };
}

async function namesTheDevice(ctx: CheckContext): Promise<readonly Finding[]> {
  const { server } = await twoAttached(ctx);
  const volume = await fixtures(ctx).volume();
  const response = await attach(ctx, server, volume, { device: null });
  const refused = expectStatus(response, 200);
  const attached = refused.length > 0 ? refused : await eventuallyAttached(ctx, server, volume);
  if (attached.length > 0) return attached;
  const seen = await show(ctx, server, volume, { purpose: 'observation' });
  return expectResponse(response, 200, (accepted) => {
    const device = atPointer(bodyOf(accepted), '/volumeAttachment/device') ?? null;
    if (device === null) return [];
    return expectResponse(seen, 200, (shown) => expectValue(shown, '/volumeAttachment/device', device));
  });
}
