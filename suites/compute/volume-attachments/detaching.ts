/** What a detach does, and what detach and show refuse for want of an attachment. */
import { expectStatus } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { attach as prepareAttachment, type Attached } from '../attachment.ts';
import { given } from '../given.ts';
import { setVolumeStatus } from '../variants.ts';
import {
  attach,
  attachStatus,
  control,
  detach,
  eventuallyAttached,
  eventuallyDetached,
  eventuallyFree,
  expectRefused,
  lookAtServer,
  lookAtVolume,
  show,
} from './operations.ts';
import { detaching, showing } from './quotes.ts';
import { refusal } from './refusal.ts';

export const detachingClauses: readonly WrittenClause[] = [
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
      return refusedDetach(stage, 409, kept.attached, kept.spoil);
    },
  },
  {
    id: 'compute/detach-volume#refuses-the-root-volume',
    statement: 'A detach of the volume that a server was booted from MUST be answered with 400.',
    quotes: [detaching('Error response codes: 400')],
    since: { maximum: '2.65', because: 'release 17.0 (2.60) answers 403, later ones 400.' },
    refutedBy: ['compute:detach-root'],
    check: async (stage) => {
      const { server, volume, spoil } = await given(stage).volumeBooted();
      return refusedDetach(stage, 400, { server, volume }, spoil);
    },
  },
  {
    id: 'compute/detach-volume#refuses-a-volume-that-is-not-in-use',
    statement: 'A detach of an attached volume whose status is not in-use MUST be answered with 400.',
    quotes: [detaching('Error response codes: 400')],
    identities: ['admin'],
    errata: ['detach-asks-for-a-volume-in-use'],
    refutedBy: ['compute:detach-ignores-volume-status'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      await stage.prop(() => setVolumeStatus(stage.world, volume, 'error'));
      const findings = expectRefused(await detach(stage, server, volume), 400);
      if (findings.length > 0) return findings;
      control(await show(stage, server, volume, { purpose: 'observation' }), 'the attachment');
      await stage.prop(() => setVolumeStatus(stage.world, volume, 'in-use'));
      return [];
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
      return gone.length > 0 ? gone : eventuallyFree(stage, volume);
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
      await stage.prop(() => prepareAttachment(stage.world, server, volume));
      const refused = expectStatus(await detach(stage, server, volume), 202);
      const gone = refused.length > 0 ? [] : await eventuallyDetached(stage, server, volume);
      if (refused.length + gone.length > 0) return [...refused, ...gone];
      const again = expectStatus(await attach(stage, server, volume), attachStatus(stage));
      // Whether it comes to its end is judged elsewhere; what is under way cannot be given back.
      if (again.length === 0) await eventuallyAttached(stage, server, volume);
      return again;
    },
  },
];

/** Refused, while the attachment is there. It is gone after a detach that was accepted, which is judged first. */
async function refusedDetach(
  stage: Stage,
  status: 400 | 409,
  { server, volume }: Pick<Attached, 'server' | 'volume'>,
  spoil: () => void,
): Promise<readonly Finding[]> {
  const findings = expectRefused(await detach(stage, server, volume), status);
  if (findings.length > 0) {
    spoil();
    return findings;
  }
  control(await show(stage, server, volume, { purpose: 'observation' }), 'the attachment');
  return [];
}
