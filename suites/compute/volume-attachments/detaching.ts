/** Clauses on detach, and on requests to detach or show a volume that is not attached. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { attach as prepareAttachment, type Attached } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { setVolumeStatus } from '../fixtures/define-fixtures.ts';
import { attachStatus, eventuallyAttached, eventuallyDetached, observeVolume } from '../observe-attachments.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { attach, detach, show } from './calls.ts';
import { detachVolume } from './operations.ts';
import { detaching, showing } from './quotes.ts';
import { refusal } from './refusal.ts';

export const detachingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/detach-volume#refuses-a-volume-that-is-not-attached',
    statement: 'A detach of a volume that is there but not attached to the server MUST be answered with 404.',
    quotes: [detaching('Error response codes: 404')],
    killedBy: ['compute/detach-volume:drop-check:attached'],
    check: (ctx) =>
      refusal(ctx, 404, async ({ attached, free }) => {
        const response = await detach(ctx, attached.server, free);
        control(await observeVolume(ctx, free), 'the free volume');
        return response;
      }),
  },
  {
    id: 'compute/show-volume-attachment#refuses-a-volume-that-is-not-attached',
    statement: 'Showing a volume that is there but not attached to the server MUST be answered with 404.',
    quotes: [showing('Error response codes: 404')],
    killedBy: ['compute:show-finds-unattached'],
    check: (ctx) =>
      refusal(ctx, 404, async ({ attached, free }) => {
        const response = await show(ctx, attached.server, free);
        control(await observeVolume(ctx, free), 'the free volume');
        return response;
      }),
  },
  {
    id: 'compute/detach-volume#refuses-a-volume-of-another-server',
    statement: 'A detach of a volume that another server has MUST be answered with 404 and leave it there.',
    quotes: [detaching('Error response codes: 404')],
    killedBy: ['compute/detach-volume:unscoped-lookup:attachment'],
    check: async (ctx) => {
      const server = await fixtures(ctx).server();
      return refusal(ctx, 404, ({ attached }) => detach(ctx, server, attached.volume));
    },
  },
  {
    id: 'compute/detach-volume#refuses-the-root-volume',
    statement: 'A detach of the volume that a server was booted from MUST be answered with 400.',
    quotes: [detaching('Error response codes: 400')],
    since: { maximum: '2.65', because: 'release 17.0 (2.60) answers 403, later ones 400.' },
    killedBy: ['compute/detach-volume:drop-check:root'],
    check: async (ctx) => {
      const { server, volume, makeDirty } = await fixtures(ctx).volumeBooted();
      return refusedDetach(ctx, 400, { server, volume }, makeDirty);
    },
  },
  {
    id: 'compute/detach-volume#refuses-a-volume-that-is-not-in-use',
    statement: 'A detach of an attached volume whose status is not in-use MUST be answered with 400.',
    quotes: [detaching('Error response codes: 400')],
    identities: ['admin'],
    errata: ['detach-asks-for-a-volume-in-use'],
    killedBy: ['compute/detach-volume:drop-check:detachable'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      await ctx.fixture(() => setVolumeStatus(ctx.run, volume, 'error'));
      const findings = expectRefused(await detach(ctx, server, volume), 400);
      if (findings.length > 0) return findings;
      control(await show(ctx, server, volume, { purpose: 'observation' }), 'the attachment');
      await ctx.fixture(() => setVolumeStatus(ctx.run, volume, 'in-use'));
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
    killedBy: ['compute/detach-volume:never-complete:disconnect', 'compute:detach-keeps-volume'],
    check: judgeAccepted(detachVolume, {}, ({ freed }) => freed),
  },
  {
    id: 'compute/detach-volume#refuses-a-second-detach',
    statement: 'A detach of a volume that was detached before MUST be answered with 404.',
    quotes: [detaching('Error response codes: 404')],
    killedBy: ['compute:detach-twice'],
    check: judgeAccepted(detachVolume, {}, ({ again: { response, server } }) => {
      control(server, 'the server');
      return expectRefused(response, 404);
    }),
  },
  {
    id: 'compute/detach-volume#lets-the-volume-be-attached-again',
    statement: 'A volume that was detached MUST be accepted by the next attach.',
    quotes: [detaching('Takes a volume away from a server.')],
    killedBy: ['compute:detach-leaves-mapping'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      await ctx.fixture(() => prepareAttachment(ctx.run, server, volume));
      const refused = expectStatus(await detach(ctx, server, volume), 202);
      const findings = refused.length > 0 ? refused : await eventuallyDetached(ctx, server, volume);
      if (findings.length > 0) return findings;
      const again = expectStatus(await attach(ctx, server, volume), attachStatus(ctx));
      // Another clause checks the completion; the fixtures can be returned only after it.
      if (again.length === 0) await eventuallyAttached(ctx, server, volume);
      return again;
    },
  },
];

/** The detach is refused while the attachment exists. Checks the status first: an accepted detach removes it. */
async function refusedDetach(
  ctx: CheckContext,
  status: 400 | 409,
  { server, volume }: Pick<Attached, 'server' | 'volume'>,
  makeDirty: () => void,
): Promise<readonly Finding[]> {
  const findings = expectRefused(await detach(ctx, server, volume), status);
  if (findings.length > 0) {
    makeDirty();
    return findings;
  }
  control(await show(ctx, server, volume, { purpose: 'observation' }), 'the attachment');
  return [];
}
