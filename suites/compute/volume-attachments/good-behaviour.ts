/** SHOULD clauses on behaviour that the reference leaves open and that clients benefit from. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { detach as detachInPreparation, type Attached } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { eventuallyAttached } from '../observe-attachments.ts';
import { control, nonexistent } from '../rules/refusal.ts';
import { attach, show, swap, update } from './calls.ts';
import { goodBehaviour } from '../rules/sections.ts';

export const goodBehaviourClauses: readonly WrittenClause[] = [
  ...shownAttachments(),
  {
    id: 'compute/attach-volume#stores-a-word-for-false-as-false',
    statement: 'An attach that is accepted with the word false SHOULD store false.',
    quotes: [goodBehaviour('A word for a flag is stored as what it says.')],
    range: '2.79-',
    errata: ['flag-accepts-words'],
    killedBy: ['compute:attach-stores-every-word-as-true'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      const response = await attach(ctx, server, volume, { delete_on_termination: 'false' });
      if (response.response?.status === 400) return [];
      const attached = await eventuallyAttached(ctx, server, volume);
      const shown = await show(ctx, server, volume, { purpose: 'observation' });
      const findings = [...attached, ...expectFalse(shown)];
      // Otherwise the volume may be deleted with the server.
      await ctx.fixture(() => detachInPreparation(ctx.run, server, volume));
      return findings;
    },
  },
  {
    id: 'compute/swap-volume#leaves-the-flag-when-refused',
    statement: 'A swap that is refused SHOULD leave delete_on_termination as it was.',
    quotes: [goodBehaviour('A refused request changes nothing.')],
    range: '2.85-',
    identities: ['admin'],
    errata: ['refused-swap-may-store-the-flag'],
    killedBy: ['compute:refused-swap-stores-the-flag'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      const fields = { delete_on_termination: true };
      const response = await swap(ctx, server, volume, nonexistent(ctx), { as: 'admin', fields });
      const shown = await show(ctx, server, volume, { purpose: 'observation' });
      control(shown, 'showing the attachment');
      await update(ctx, server, volume, { delete_on_termination: false }, { purpose: 'preparation' });
      const refused = [400, 404, 409].includes(response.response?.status ?? 0) ? [] : expectStatus(response, 409);
      return [...refused, ...expectFalse(shown)];
    },
  },
];

function expectFalse(shown: Exchange): readonly Finding[] {
  return expectResponse(shown, 200, (own) => expectValue(own, '/volumeAttachment/delete_on_termination', false));
}

function shownAttachments(): readonly WrittenClause[] {
  const common = {
    quotes: [goodBehaviour('An attachment that was shown can be sent back as an update.')],
    errata: ['reply-is-no-update'],
  } as const;
  return [
    {
      ...common,
      id: 'compute/update-volume-attachment#takes-back-a-shown-attachment',
      statement: 'An attachment with a tag that was shown SHOULD be accepted when it is sent back.',
      killedBy: ['compute:update-refuses-what-is-shown'],
      check: async (ctx) => sendBack(ctx, (await fixtures(ctx).rejectionTarget()).attached),
    },
    {
      ...common,
      id: 'compute/update-volume-attachment#takes-back-a-shown-attachment-without-tag',
      statement: 'An attachment without a tag that was shown SHOULD be accepted when it is sent back.',
      killedBy: ['compute:update-refuses-null-tag'],
      check: async (ctx) => sendBack(ctx, (await fixtures(ctx).readOnly())[1]),
    },
  ];
}

async function sendBack(ctx: CheckContext, { server, volume }: Attached): Promise<readonly Finding[]> {
  const shown = control(await show(ctx, server, volume, { purpose: 'observation' }), 'showing the attachment');
  return expectStatus(await update(ctx, server, volume, {}, { body: bodyOf(shown) ?? null }), 202);
}
