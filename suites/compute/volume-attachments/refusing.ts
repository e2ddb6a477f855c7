/** What attach and detach refuse, one condition each, and that nothing else was the reason. */
import { randomUUID } from 'node:crypto';
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { volumeStatus } from '../../block-storage/volume.ts';
import { createVolume } from '../../block-storage/volume.ts';
import { sendRequest } from '../../../src/conformance/send.ts';
import { unreached } from '../../../src/conformance/resource.ts';
import { attach as prepareAttachment } from '../attachment.ts';
import { given, type Spoilable } from '../given.ts';
import type { Untouched } from '../stock.ts';
import {
  attach,
  attachStatus,
  control,
  detach,
  eventuallyDetached,
  expectRefused,
  list,
  listedVolumes,
  lookAtServer,
  lookAtVolume,
  show,
} from './operations.ts';
import { attaching, detaching, parameter, showing } from './quotes.ts';

export const refusingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/attach-volume#refuses-unknown-volume',
    statement: 'An attach of a volume that does not exist MUST be answered with 404.',
    quotes: [
      attaching('Error response codes: 404'),
      parameter('attach_volume')('The volume that the server is to get, by its UUID.'),
    ],
    refutedBy: ['compute:attach-finds-any-volume'],
    check: (stage) => refusal(stage, 404, ({ attached }) => attach(stage, attached.server, { id: randomUUID() })),
  },
  {
    id: 'compute/attach-volume#refuses-a-second-attach',
    statement: 'An attach of a volume that the server has already MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    refutedBy: ['compute:attach-twice'],
    check: (stage) => refusal(stage, 400, ({ attached }) => attach(stage, attached.server, attached.volume)),
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-of-another-server',
    statement: 'An attach of a volume that another server has MUST be answered with 400, unless it is multiattach.',
    quotes: [attaching('Error response codes: 400')],
    refutedBy: ['compute:attach-steals'],
    check: async (stage) => {
      const server = await given(stage).server();
      return refusal(stage, 400, ({ attached }) => attach(stage, server, attached.volume));
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-locked-server',
    statement: 'An attach to a server that its owner has locked MUST be answered with 409.',
    quotes: [attaching('Error response codes: 409')],
    refutedBy: ['compute:attach-ignores-lock'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([given(stage).locked(), given(stage).volume()]);
      const findings = expectRefused(await attach(stage, kept.server, volume), 409);
      if (findings.length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-tag-on-shelved-offloaded-server',
    statement: 'An attach with a tag to a shelved-offloaded server MUST be answered with 400.',
    quotes: [parameter('attach_tag')('A shelved-offloaded server cannot take a volume with a tag.')],
    range: '2.49-',
    identities: ['admin'],
    refutedBy: ['compute:attach-tags-offloaded'],
    check: async (stage) => {
      const [kept, volume] = await Promise.all([given(stage).inState('shelved-offloaded'), given(stage).volume()]);
      const findings = expectRefused(await attach(stage, kept.server, volume, { tag: 'osc-tag' }), 400);
      if (findings.length > 0) kept.spoil();
      control(await lookAtServer(stage, kept.server), 'the server');
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#refuses-a-volume-in-error',
    statement: 'Up to 2.100 an attach of a volume in error MUST be answered with 400.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.1-2.100',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    refutedBy: ['compute:attach-ignores-volume-status'],
    check: async (stage) => {
      const [server, id] = await Promise.all([given(stage).server(), volumeInError(stage)]);
      const reply = await attach(stage, server, { id });
      control(await lookAtVolume(stage, { id }), 'the volume');
      return expectRefused(reply, 400);
    },
  },
  {
    id: 'compute/attach-volume#drops-a-volume-in-error-without-a-trace',
    statement: 'From 2.101 on an attach of a volume in error MUST be answered with 202 and leave nothing behind.',
    quotes: [attaching('Error response codes: 400')],
    range: '2.101-',
    identities: ['admin'],
    errata: ['attach-errors-come-late-from-2.101'],
    refutedBy: ['compute:attach-keeps-failed-mapping'],
    check: async (stage) => {
      const [server, id] = await Promise.all([given(stage).server(), volumeInError(stage)]);
      const refused = expectStatus(await attach(stage, server, { id }), 202);
      if (refused.length > 0) return refused;
      const gone = await eventuallyDetached(stage, server, { id });
      const seen = await lookAtVolume(stage, { id });
      const status = volumeStatus(seen) ?? 'none';
      if (status === 'error') return gone;
      return [
        ...gone,
        { kind: 'value', exchange: seen.id, pointer: '/volume/status', expected: 'error', seen: status },
      ];
    },
  },
  {
    id: 'compute/detach-volume#refuses-a-volume-that-is-not-attached',
    statement: 'A detach of a volume that is there but not attached to the server MUST be answered with 404.',
    quotes: [detaching('Error response codes: 404')],
    refutedBy: ['compute:detach-accepts-unattached'],
    check: (stage) =>
      refusal(stage, 404, async ({ attached, free }) => {
        const reply = await detach(stage, attached.server, free);
        control(await lookAtVolume(stage, free), 'the free volume');
        return reply;
      }),
  },
  {
    id: 'compute/show-volume-attachment#refuses-a-volume-that-is-not-attached',
    statement: 'Showing a volume that is there but not attached to the server MUST be answered with 404.',
    quotes: [showing('Error response codes: 404')],
    refutedBy: ['compute:show-finds-unattached'],
    check: (stage) =>
      refusal(stage, 404, async ({ attached, free }) => {
        const reply = await show(stage, attached.server, free);
        control(await lookAtVolume(stage, free), 'the free volume');
        return reply;
      }),
  },
  {
    id: 'compute/detach-volume#refuses-a-volume-of-another-server',
    statement: 'A detach of a volume that another server has MUST be answered with 404 and leave it there.',
    quotes: [detaching('Error response codes: 404')],
    refutedBy: ['compute:detach-ignores-server'],
    check: async (stage) => {
      const server = await given(stage).server();
      return refusal(stage, 404, ({ attached }) => detach(stage, server, attached.volume));
    },
  },
  {
    id: 'compute/detach-volume#refuses-a-locked-server',
    statement: 'A detach from a server that its owner has locked MUST be answered with 409.',
    quotes: [detaching('Error response codes: 409')],
    refutedBy: ['compute:detach-ignores-lock'],
    check: async (stage) => {
      const kept = await given(stage).locked();
      const findings = expectRefused(await detach(stage, kept.server, kept.attached.volume), 409);
      if (findings.length > 0) kept.spoil();
      control(await show(stage, kept.server, kept.attached.volume, { purpose: 'observation' }), 'the attachment');
      return findings;
    },
  },
  {
    id: 'compute/detach-volume#refuses-the-root-volume',
    statement: 'A detach of the volume that a server was booted from MUST be answered with 400.',
    quotes: [detaching('Error response codes: 400')],
    since: { maximum: '2.65', because: 'release 17.0 (2.60) answers 403, later ones 400.' },
    refutedBy: ['compute:detach-takes-root'],
    check: async (stage) => {
      const { server, volume, spoil } = await given(stage).volumeBooted();
      const findings = expectRefused(await detach(stage, server, volume), 400);
      if (findings.length > 0) spoil();
      control(await show(stage, server, volume, { purpose: 'observation' }), 'the root attachment');
      return findings;
    },
  },
  {
    id: 'compute/detach-volume#ends-free',
    statement: 'The volume of an accepted detach MUST leave the list of attachments and become available.',
    quotes: [
      detaching('The volume is detached after the reply.'),
      detaching(
        'Its end shows in ``GET /servers/{server_id}/os-volume_attachments``: poll until the volume is gone from it.',
      ),
    ],
    refutedBy: ['compute:detach-never-ends', 'compute:detach-keeps-volume'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const refused = expectStatus(await detach(stage, server, volume), 202);
      if (refused.length > 0) return refused;
      const gone = await eventuallyDetached(stage, server, volume);
      if (gone.length > 0) return gone;
      return stage.eventually({
        look: () => lookAtVolume(stage, volume),
        holds: (seen) => volumeStatus(seen) === 'available',
        expected: 'the volume available',
        seen: (last) => `status ${volumeStatus(last) ?? 'none'}`,
        budgetMs: 60_000,
      });
    },
  },
  {
    id: 'compute/detach-volume#refuses-a-second-detach',
    statement: 'A detach of a volume that was detached before MUST be answered with 404.',
    quotes: [detaching('Error response codes: 404')],
    refutedBy: ['compute:detach-twice'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const refused = expectStatus(await detach(stage, server, volume), 202);
      if (refused.length > 0) return refused;
      const gone = await eventuallyDetached(stage, server, volume);
      control(await lookAtServer(stage, server), 'the server');
      return [...gone, ...expectRefused(await detach(stage, server, volume), 404)];
    },
  },
  {
    id: 'compute/detach-volume#lets-the-volume-be-attached-again',
    statement: 'A volume that was detached MUST be accepted by the next attach.',
    quotes: [detaching('Takes a volume away from a server.')],
    refutedBy: ['compute:detach-leaves-mapping'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      await prepareAttachment(stage.world, server, volume);
      const refused = expectStatus(await detach(stage, server, volume), 202);
      const gone = refused.length > 0 ? [] : await eventuallyDetached(stage, server, volume);
      if (refused.length + gone.length > 0) return [...refused, ...gone];
      return expectStatus(await attach(stage, server, volume), attachStatus(stage));
    },
  },
];

/** Refused for the reason asked for: server and attachment are what they were before. */
async function refusal(
  stage: Stage,
  status: 400 | 404 | 409,
  act: (scene: Spoilable<Untouched>) => Promise<Exchange>,
): Promise<readonly Finding[]> {
  const scene = await given(stage).untouched();
  const findings = expectRefused(await act(scene), status);
  const seen = await list(stage, scene.attached.server, { purpose: 'observation' });
  control(seen, 'listing the attachments of the server');
  const { volume } = scene.attached;
  const kept = listedVolumes(seen).includes(volume.id);
  if (findings.length > 0 || !kept) scene.spoil();
  if (kept) return findings;
  return [...findings, { kind: 'value', exchange: seen.id, pointer: '/volumeAttachments', expected: volume.id }];
}

/** One per microversion; an administrator has its status set. */
function volumeInError(stage: Stage): Promise<string> {
  return stage.world.memo(`volume in error at ${formatMicroversion(stage.microversion)}`, async () => {
    const volume = await createVolume(stage.world, 'error');
    const reply = await sendRequest(stage.world, {
      service: 'block-storage',
      method: 'POST',
      path: `/volumes/${volume.id}/action`,
      body: { 'os-reset_status': { status: 'error' } },
      as: 'admin',
      purpose: 'preparation',
    });
    if (reply.response?.status !== 202) throw unreached('a volume in error', reply);
    return volume.id;
  });
}
