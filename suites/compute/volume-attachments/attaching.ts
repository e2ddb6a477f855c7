/** Clauses on attach: its response, its completion, and what both services show afterwards. */
import { NotBound } from '../../../src/execution/errors.ts';
import { respondedWith, bodyOf, shown } from '../../../src/clauses/checked.ts';
import { expectFault, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject } from '../../../src/json.ts';
import { volumeStatus } from '../../block-storage/show-volume.ts';
import { judgeAccepted, judgeAcceptedWith, type Decide } from '../../../src/clauses/accepted-call.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { eventuallyAttached, listedVolumes, missing } from '../observe-attachments.ts';
import { control } from '../rules/refusal.ts';
import { attach, show } from './calls.ts';
import { known, tagAndFlag } from './kept-members.ts';
import type { ObservedAttach } from './observe-calls.ts';
import { attachVolume } from './operations.ts';
import { device, flag, ownTag, tag } from './prepared-calls.ts';
import { attaching, listing, parameter, showing } from './quotes.ts';

const completed = [
  attaching('The attachment is completed after the reply.'),
  attaching("Its end shows in the block storage service: poll the volume's status and its list of attachments."),
] as const;

export const attachingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#ends-in-use',
    statement: 'The volume of an accepted attach MUST become in-use and list the server among its attachments.',
    quotes: completed,
    killedBy: ['compute/attach-volume:never-complete:complete'],
    check: judgeAccepted(attachVolume, {}, () => []),
  },
  {
    id: 'compute/attach-volume#lists-the-attachment-at-once',
    statement: 'Up to 2.100 the server MUST list the attachment as soon as the attach is answered.',
    quotes: [attaching('The attachment is completed after the reply.')],
    range: '2.1-2.100',
    errata: ['attach-blocks-up-to-2.100'],
    killedBy: ['compute:attach-reserves-late'],
    check: judgeAccepted(attachVolume, {}, ({ early, volume }) =>
      expectResponse(early.list, 200, (list) =>
        listedVolumes(list).includes(volume.id) ? [] : [missing(list, '/volumeAttachments', volume.id)],
      ),
    ),
  },
  {
    id: 'compute/attach-volume#reserves-the-volume-before-the-reply',
    statement: 'Up to 2.100 the volume MUST NOT be available any more when the attach is answered.',
    quotes: [attaching('The attachment is completed after the reply.')],
    range: '2.1-2.100',
    errata: ['attach-blocks-up-to-2.100'],
    killedBy: ['compute:attach-reserves-late'],
    check: judgeAccepted(attachVolume, {}, ({ early: { volume } }) =>
      volumeStatus(shown(volume)) === 'available'
        ? [{ kind: 'value', exchange: volume.id, pointer: '/volume/status', expected: 'reserved', seen: 'available' }]
        : [],
    ),
  },
  {
    id: 'compute/attach-volume#agrees-with-the-server',
    statement: "The server's own representation MUST name the volume when the attach has come to its end.",
    quotes: [attaching('Makes a volume a disk of a server.')],
    killedBy: ['compute:server-omits-volume'],
    check: judgeAccepted(attachVolume, {}, ({ late, volume }) =>
      expectResponse(late.server, 200, (server) => {
        const pointer = '/server/os-extended-volumes:volumes_attached';
        const ids = jsonList(atPointer(bodyOf(server), pointer)).map((entry) => jsonObject(entry).id);
        return ids.includes(volume.id) ? [] : [missing(server, pointer, volume.id)];
      }),
    ),
  },
  {
    id: 'compute/attach-volume#lists-and-shows-the-same',
    statement: 'The list of attachments MUST hold what showing the new attachment tells.',
    quotes: [
      listing('Tells which volumes are attached to one server.'),
      showing('Tells about one attachment of a server.'),
    ],
    killedBy: ['compute:list-differs-from-show'],
    check: judgeAccepted(attachVolume, {}, ({ late, volume }) =>
      expectResponse(late.list, 200, (list) =>
        expectResponse(late.show, 200, (own) => {
          const index = listedVolumes(list).indexOf(volume.id);
          if (index < 0) return [missing(list, '/volumeAttachments', volume.id)];
          const expected = atPointer(bodyOf(own), '/volumeAttachment') ?? null;
          return expectValue(list, `/volumeAttachments/${index}`, expected);
        }),
      ),
    ),
  },
  {
    id: 'compute/attach-volume#replies-with-what-it-was-given',
    statement: 'Up to 2.100 the reply MUST repeat the server and the volume, and id MUST be the volume too.',
    quotes: [
      parameter('attachment')('One attachment: an object with ``serverId``, ``volumeId``, ``id`` and ``device``.'),
      parameter('attach_reply_id')('An identifier of the attachment.'),
      parameter('attachment_server')('The server that has the volume, by its UUID.'),
      parameter('attachment_volume')('The volume that the server has, by its UUID.'),
    ],
    range: '2.1-2.100',
    errata: ['attach-reply-id-always-there'],
    killedBy: ['compute:attach-reply-names-another-volume', 'compute:attach-reply-id-is-the-mapping'],
    check: judgeAccepted(attachVolume, {}, ({ server, volume }, accepted) => [
      ...expectValue(accepted, '/volumeAttachment/serverId', server.id),
      ...expectValue(accepted, '/volumeAttachment/volumeId', volume.id),
      ...expectValue(accepted, '/volumeAttachment/id', volume.id),
    ]),
  },
  {
    id: 'compute/attach-volume#names-the-device-it-gave',
    statement: 'Up to 2.100 the device in the reply MUST be the one that is shown afterwards.',
    quotes: [
      parameter('attach_reply_device')('The device name given, such as ``/dev/vdb``.'),
      parameter('attach_device')('Without a name, or with ``null``, the compute host chooses one if it can.'),
      parameter('attachment_device')('The name of the disk in the server, such as ``/dev/vdb``.'),
    ],
    range: '2.1-2.100',
    killedBy: ['compute:attach-reply-names-another-device'],
    check: judgeAccepted(attachVolume, { [device]: null }, ({ late }, accepted) => {
      const pointer = '/volumeAttachment/device';
      const name = atPointer(bodyOf(accepted), pointer) ?? null;
      return name === null ? [] : expectResponse(late.show, 200, (own) => expectValue(own, pointer, name));
    }),
  },
  {
    id: 'compute/attach-volume#gives-no-device-twice',
    statement: 'Up to 2.100 an attach that asks for a device name in use MUST be given another, or answered with 409.',
    quotes: [parameter('attach_device')('The name must not be taken in the guest.')],
    range: '2.1-2.100',
    errata: ['device-has-a-form'],
    killedBy: ['compute/attach-volume:drop-check:device-free'],
    check: givesNoDeviceTwice,
  },
  {
    id: 'compute/attach-volume#repeats-the-tag',
    statement: 'From 2.70 to 2.100 the reply MUST repeat the tag of the request.',
    quotes: [parameter('attachment_tag')('The word given to the disk when it was attached, or ``null``.')],
    range: '2.70-2.100',
    killedBy: ['compute/attach-volume:null-field:tag'],
    check: judgeAcceptedWith(attachVolume, tag, (_, accepted) => expectValue(accepted, tag, ownTag)),
  },
  {
    id: 'compute/attach-volume#tag-is-null-when-not-given',
    statement: 'From 2.70 to 2.100 the tag of the reply MUST be null when the request has none.',
    quotes: [parameter('attachment_tag')('The word given to the disk when it was attached, or ``null``.')],
    range: '2.70-2.100',
    killedBy: ['compute:attach-invents-tag'],
    check: judgeAccepted(attachVolume, {}, (_, accepted) => expectValue(accepted, tag, null)),
  },
  {
    id: 'compute/attach-volume#keeps-the-tag',
    statement: 'From 2.49 on the tag of an attach MUST be shown where the reference shows tags.',
    quotes: [
      parameter('attach_tag')('A word by which the guest can find the disk.'),
      parameter('attachment_tag')('The word given to the disk when it was attached, or ``null``.'),
    ],
    range: '2.49-',
    killedBy: ['compute/attach-volume:ignore-member:body.tag'],
    check: judgeAcceptedWith(attachVolume, tag, ({ late }) => known(late.showFull, tag, ownTag)),
  },
  {
    id: 'compute/attach-volume#keeps-the-volume-by-default',
    statement: 'The flag delete_on_termination MUST be false when the attach does not give it.',
    quotes: [parameter('attach_delete_flag')('The default is ``false``.')],
    killedBy: ['compute:attach-deletes-by-default'],
    check: judgeAccepted(attachVolume, {}, ({ late }) => known(late.showFull, flag, false)),
  },
  ...[true, false].map((value): WrittenClause => ({
    id: `compute/attach-volume#keeps-the-flag-${value}`,
    statement: `The flag delete_on_termination MUST be shown as ${value} when the attach gives it so.`,
    quotes: [
      parameter('attach_delete_flag')('Whether the volume is to be deleted together with the server.'),
      parameter('attachment_delete_flag')('Whether the volume is deleted together with the server.'),
    ],
    range: '2.79-',
    killedBy: [
      value ? 'compute/attach-volume:ignore-member:body.delete_on_termination' : 'compute:attach-ignores-flag-false',
    ],
    check: value
      ? judgeAccepted(attachVolume, tagAndFlag, keepsTheFlag(true))
      : judgeAcceptedWith(attachVolume, flag, keepsTheFlag(false)),
  })),
];

/** The flag is shown afterwards, and in the response where that has a body. */
function keepsTheFlag(value: boolean): Decide<ObservedAttach> {
  return ({ late }, accepted) => [
    ...(accepted.response.status === 200 ? expectValue(accepted, flag, value) : []),
    ...expectResponse(late.show, 200, (own) => expectValue(own, flag, value)),
  ];
}

/** Requests a device name that another disk has; only some compute drivers use requested names. */
async function givesNoDeviceTwice(ctx: CheckContext): Promise<readonly Finding[]> {
  const [{ server, volume: first, device }, second] = await Promise.all([
    fixtures(ctx).attachment('keeps'),
    fixtures(ctx).volume(),
  ]);
  if (device === undefined) throw new NotBound('The target does not show device names.');
  const response = await attach(ctx, server, second, { device });
  const refusal = respondedWith(response, 409);
  if (refusal) return expectFault(refusal, 'conflictingRequest');
  const refused = expectStatus(response, 200, 409);
  const findings = refused.length > 0 ? refused : await eventuallyAttached(ctx, server, second);
  if (findings.length > 0) return findings;
  control(await show(ctx, server, first, { purpose: 'observation' }), 'the first attachment');
  return expectResponse(await show(ctx, server, second, { purpose: 'observation' }), 200, (own) => {
    const pointer = '/volumeAttachment/device';
    if (atPointer(bodyOf(own), pointer) !== device) return [];
    return [{ kind: 'value', exchange: own.id, pointer, expected: 'a name that no other disk has', seen: device }];
  });
}
