/** What is easily mixed up: servers, attachments of one volume, members of one request, and what a refusal undoes. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { budgets } from '../../../src/conformance/budgets.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import type { Volume } from '../../block-storage/volume.ts';
import { attachedServers, volumeStatus } from '../../block-storage/show-volume.ts';
import { attach as prepareAttachment } from '../attachment.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { judge, known } from './observed-attach.ts';
import {
  attach,
  attachStatus,
  control,
  detach,
  eventuallyAttached,
  eventuallyDetached,
  expectRefused,
  lookAtServer,
  lookAtVolume,
  show,
  update,
} from './operations.ts';
import { attaching, detaching, goodBehaviour, parameter, showing, updating } from './quotes.ts';
import { refusal } from './refusal.ts';

const flag = '/volumeAttachment/delete_on_termination';
const nothing = goodBehaviour('A refused request changes nothing.');
const both = { tag: 'Osc Both-1', delete_on_termination: true } as const;

export const mixUpClauses: readonly WrittenClause[] = [
  {
    id: 'compute/show-volume-attachment#refuses-a-volume-of-another-server',
    statement: 'Showing a volume that another server has MUST be answered with 404.',
    quotes: [showing('Error response codes: 404')],
    refutedBy: ['compute:blind-show-looks-past-server'],
    check: async (stage) => {
      const server = await given(stage).server();
      return refusal(stage, 404, ({ attached }) => show(stage, server, attached.volume));
    },
  },
  {
    id: 'compute/update-volume-attachment#refuses-a-volume-of-another-server',
    statement: 'An update of a volume that another server has MUST be answered with 404.',
    quotes: [updating('Error response codes: 404')],
    refutedBy: ['compute:update-looks-past-server'],
    check: async (stage) => {
      const server = await given(stage).server();
      return refusal(stage, 404, ({ attached }) => update(stage, server, attached.volume));
    },
  },
  {
    id: 'compute/show-volume-attachment#attachment-id-is-of-this-server',
    statement: 'The attachment_id of a volume of several servers MUST be the one of the server that was asked for.',
    quotes: [parameter('attachment_record')('The attachment as the block storage service knows it, by its UUID.')],
    range: '2.89-',
    capabilities: ['multiattach'],
    refutedBy: ['compute:blind-show-mixes-up-multiattach'],
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
    refutedBy: ['compute:blind-flag-lost-beside-tag'],
    check: judge(both, ({ late }) => [
      ...known(late.showFull, '/volumeAttachment/tag', both.tag),
      ...known(late.showFull, flag, true),
    ]),
  },
  {
    id: 'compute/detach-volume#takes-the-named-volume',
    statement: 'A detach MUST take the volume that it names, and no other of the same server.',
    quotes: [detaching('Takes a volume away from a server.')],
    refutedBy: ['compute:blind-detach-takes-newest'],
    check: async (stage) => {
      const { server, older, newer } = await twoAttached(stage);
      const refused = expectStatus(await detach(stage, server, older), 202);
      const gone = refused.length > 0 ? refused : await eventuallyDetached(stage, server, older);
      if (gone.length > 0) return gone;
      return expectStatus(await show(stage, server, newer, { purpose: 'observation' }), 200);
    },
  },
  {
    id: 'compute/update-volume-attachment#changes-the-named-attachment',
    statement: 'An update MUST change the attachment that it names, and no other of the same server.',
    quotes: [updating('Since microversion 2.85 the value of ``delete_on_termination`` can be changed.')],
    refutedBy: ['compute:blind-flag-on-newest'],
    check: async (stage) => {
      const { server, older, newer } = await twoAttached(stage);
      const refused = expectStatus(await update(stage, server, older, { delete_on_termination: true }), 202);
      if (refused.length > 0) return refused;
      const look = { purpose: 'observation' } as const;
      return [
        ...expectFlag(await show(stage, server, older, look), true),
        ...expectFlag(await show(stage, server, newer, look), false),
      ];
    },
  },
  {
    id: 'compute/attach-volume#names-the-device-beside-other-disks',
    statement: 'Up to 2.100 the device in the reply MUST be the one shown afterwards, beside other disks too.',
    quotes: [parameter('attach_reply_device')('The device name given, such as ``/dev/vdb``.')],
    range: '2.1-2.100',
    refutedBy: ['compute:blind-reply-guesses-device'],
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
    refutedBy: ['compute:blind-list-drops-detaching'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const refused = expectStatus(await detach(stage, server, volume), 202);
      const gone = refused.length > 0 ? refused : await eventuallyDetached(stage, server, volume);
      if (gone.length > 0) return gone;
      return expectResponse(await lookAtVolume(stage, volume), 200, (shown) => {
        const still = attachedServers(shown);
        if (!still.includes(server.id)) return [];
        return [{ kind: 'value', exchange: shown.id, pointer: '/volume/attachments', expected: [], seen: [...still] }];
      });
    },
  },
  {
    id: 'compute/detach-volume#keeps-the-volume-itself',
    statement: 'A detach MUST NOT delete the volume, whatever its delete_on_termination says.',
    quotes: [detaching('Takes a volume away from a server.')],
    range: '2.79-',
    errata: ['detach-may-delete-the-volume'],
    refutedBy: ['compute:blind-detach-deletes-volume'],
    check: keepsTheVolume,
  },
  {
    id: 'compute/attach-volume#leaves-the-volume-free-when-refused',
    statement: 'An attach that a locked server refuses SHOULD leave the volume available.',
    quotes: [nothing],
    refutedBy: ['compute:blind-refused-attach-reserves'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([given(stage).locked(), given(stage).volumeToLose()]);
      const reply = await attach(stage, kept.server, volume);
      if (expectStatus(reply, 409).length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      const seen = await lookAtVolume(stage, volume);
      return [
        ...expectRefused(reply, 409),
        ...expectResponse(seen, 200, (shown) => expectValue(shown, '/volume/status', 'available')),
      ];
    },
  },
  {
    id: 'compute/update-volume-attachment#leaves-the-flag-when-refused',
    statement: 'An update that is refused for another member SHOULD leave delete_on_termination as it was.',
    quotes: [nothing],
    refutedBy: ['compute:blind-refused-update-saves-flag'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const fields = { device: '/dev/vdzz', delete_on_termination: true };
      const refused = expectRefused(await update(stage, server, volume, fields), 400);
      const seen = await show(stage, server, volume, { purpose: 'observation' });
      return [...refused, ...expectFlag(seen, false)];
    },
  },
];

function expectFlag(seen: Exchange, value: boolean): readonly Finding[] {
  return expectResponse(seen, 200, (shown) => expectValue(shown, flag, value));
}

async function ownAttachmentIds(stage: Stage): Promise<readonly Finding[]> {
  const [servers, volume] = await Promise.all([given(stage).pair(), given(stage).multiattachVolume()]);
  for (const server of servers) {
    await stage.prop(() => prepareAttachment(stage.world, server, volume, undefined, '2.60'));
  }
  const seen = control(await lookAtVolume(stage, volume), 'the volume');
  const entries = jsonList(atPointer(bodyOf(seen), '/volume/attachments')).map(jsonObject);
  const findings: Finding[] = [];
  for (const server of servers) {
    const own = entries.find(({ server_id: id }) => id === server.id)?.attachment_id ?? null;
    const reply = await show(stage, server, volume);
    findings.push(...expectResponse(reply, 200, (shown) => expectValue(shown, '/volumeAttachment/attachment_id', own)));
  }
  return findings;
}

async function keepsTheVolume(stage: Stage): Promise<readonly Finding[]> {
  const [server, volume] = await Promise.all([given(stage).server(), given(stage).volumeToLose()]);
  const attached = await attach(stage, server, volume, { delete_on_termination: true });
  const refused = expectStatus(attached, attachStatus(stage));
  const ended = refused.length > 0 ? refused : await eventuallyAttached(stage, server, volume);
  if (ended.length > 0) return ended;
  const gone = expectStatus(await detach(stage, server, volume), 202);
  if (gone.length > 0) return gone;
  const detached = await eventuallyDetached(stage, server, volume);
  if (detached.length > 0) return detached;
  return stage.eventually({
    look: () => lookAtVolume(stage, volume),
    holds: (seen) => volumeStatus(seen) === 'available',
    expected: 'the volume available',
    seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
    budgetMs: budgets.attachment,
  });
}

/** Two volumes that the case attached to one server, one after the other; they are used up. */
async function twoAttached(stage: Stage): Promise<{ server: Server; older: Volume; newer: Volume }> {
  const server = await given(stage).server();
  const [older, newer] = [await given(stage).volume(), await given(stage).volume()];
  await stage.prop(() => prepareAttachment(stage.world, server, older));
  await stage.prop(() => prepareAttachment(stage.world, server, newer));
  return { server, older, newer };
}

async function namesTheDevice(stage: Stage): Promise<readonly Finding[]> {
  const { server } = await twoAttached(stage);
  const volume = await given(stage).volume();
  const reply = await attach(stage, server, volume, { device: null });
  const refused = expectStatus(reply, 200);
  const ended = refused.length > 0 ? refused : await eventuallyAttached(stage, server, volume);
  if (ended.length > 0) return ended;
  const seen = await show(stage, server, volume, { purpose: 'observation' });
  return expectResponse(reply, 200, (accepted) => {
    const told = atPointer(bodyOf(accepted), '/volumeAttachment/device') ?? null;
    if (told === null) return [];
    return expectResponse(seen, 200, (shown) => expectValue(shown, '/volumeAttachment/device', told));
  });
}
