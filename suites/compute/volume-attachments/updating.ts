/** Clauses on update: what it changes, and what it refuses to change. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonText, type JsonObject } from '../../../src/json.ts';
import type { Attached } from '../fixtures/attachment.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { observeVolume } from '../observe-attachments.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { show, update } from './calls.ts';
import { parameter, updating } from './quotes.ts';

const flag = '/volumeAttachment/delete_on_termination';
const changes = updating('Since microversion 2.85 the value of ``delete_on_termination`` can be changed.');
const repeats = updating('Every other member except ``volumeId`` must repeat its current value.');

export const updatingClauses: readonly WrittenClause[] = [
  {
    id: 'compute/update-volume-attachment#changes-the-flag',
    statement: 'An update MUST change delete_on_termination to the value that it gives, before it is answered.',
    quotes: [changes, parameter('update_delete_flag')('Whether the volume is to be deleted together with the server.')],
    killedBy: [
      'compute/update-volume-attachment:ignore-member:body.delete_on_termination',
      'compute:update-inverts-flag',
    ],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment('keeps');
      const findings: Finding[] = [];
      for (const value of [true, false]) {
        findings.push(...expectStatus(await update(ctx, server, volume, { delete_on_termination: value }), 202));
        findings.push(...expectFlag(await show(ctx, server, volume, { purpose: 'observation' }), value));
      }
      return findings;
    },
  },
  {
    id: 'compute/update-volume-attachment#changes-nothing-without-the-flag',
    statement: 'An update without delete_on_termination MUST leave the attachment as it is.',
    quotes: [changes],
    killedBy: ['compute:update-resets-flag'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment('keeps');
      // A value other than the default shows that the update keeps it.
      await prepareFlag(ctx, { server, volume }, true);
      ctx.after(() => prepareFlag(ctx, { server, volume }, false));
      const before = control(await show(ctx, server, volume, { purpose: 'observation' }), 'showing the attachment');
      const response = await update(ctx, server, volume);
      const after = await show(ctx, server, volume, { purpose: 'observation' });
      return [...expectStatus(response, 202), ...sameBody(before, after)];
    },
  },
  {
    id: 'compute/update-volume-attachment#is-repeatable',
    statement: 'An update that is sent twice MUST be accepted twice, with the same result.',
    quotes: [changes],
    killedBy: ['compute:update-refuses-repetition'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment('keeps');
      const first = await update(ctx, server, volume, { delete_on_termination: false });
      const second = await update(ctx, server, volume, { delete_on_termination: false });
      const seen = await show(ctx, server, volume, { purpose: 'observation' });
      return [...expectStatus(first, 202), ...expectStatus(second, 202), ...expectFlag(seen, false)];
    },
  },
  ...(
    [
      ['device', '/dev/vdosc', 'The present name of the disk in the server, such as ``/dev/vdb``.', 'update_device'],
      ['tag', 'osc-other', 'The word given to the disk when it was attached, or ``null``.', 'update_tag'],
      ['serverId', anUnknownUuid, 'The server that has the volume, by its UUID.', 'update_server'],
      ['id', anUnknownUuid, 'The present identifier of the attachment.', 'update_id'],
    ] as const
  ).map(([member, value, sentence, key]): WrittenClause => ({
    id: `compute/update-volume-attachment#keeps-${member === 'serverId' ? 'server-id' : member}`,
    statement: `An update that gives another ${member} than the present one MUST be answered with 400.`,
    quotes: [repeats, parameter(key)(sentence)],
    errata: member === 'id' ? ['update-id-is-the-volume'] : [],
    killedBy: [`compute/update-volume-attachment:drop-check:same-${member === 'serverId' ? 'server' : member}`],
    check: (ctx) => refusedChange(ctx, { [member]: typeof value === 'string' ? value : value(ctx) }),
  })),
  {
    id: 'compute/update-volume-attachment#refuses-the-attachment-record-as-id',
    statement: 'An update that gives the UUID of the attachment record as id MUST be answered with 400.',
    quotes: [parameter('update_id')('The present identifier of the attachment.')],
    range: '2.89-',
    errata: ['update-id-is-the-volume'],
    killedBy: ['compute:update-accepts-attachment-id'],
    check: async (ctx) => {
      const { attached, makeDirty } = await fixtures(ctx).rejectionTarget();
      const seen = await show(ctx, attached.server, attached.volume, { purpose: 'observation' });
      const shown = control(seen, 'showing the attachment');
      const id = jsonText(atPointer(bodyOf(shown), '/volumeAttachment/attachment_id')) ?? ctx.uuid();
      const response = await update(ctx, attached.server, attached.volume, { id });
      const findings = expectRefused(response, 400);
      if (findings.length > 0) makeDirty();
      return findings;
    },
  },
  {
    id: 'compute/update-volume-attachment#refuses-a-volume-that-is-not-attached',
    statement: 'An update of a volume that is there but not attached to the server MUST be answered with 404.',
    quotes: [updating('Error response codes: 404')],
    killedBy: ['compute/update-volume-attachment:drop-check:volume'],
    check: async (ctx) => {
      const { attached, free } = await fixtures(ctx).rejectionTarget();
      const response = await update(ctx, attached.server, free, { delete_on_termination: false });
      control(await observeVolume(ctx, free), 'the free volume');
      return expectRefused(response, 404);
    },
  },
];

async function prepareFlag(
  ctx: CheckContext,
  { server, volume }: Pick<Attached, 'server' | 'volume'>,
  value: boolean,
): Promise<void> {
  const response = await update(ctx, server, volume, { delete_on_termination: value }, { purpose: 'preparation' });
  control(response, 'changing the flag', 202);
}

/** The update is refused, and the attachment is unchanged. */
async function refusedChange(ctx: CheckContext, fields: JsonObject): Promise<readonly Finding[]> {
  const { attached, makeDirty } = await fixtures(ctx).rejectionTarget();
  const { server, volume } = attached;
  const before = control(await show(ctx, server, volume, { purpose: 'observation' }), 'showing the attachment');
  const response = await update(ctx, server, volume, fields);
  const after = await show(ctx, server, volume, { purpose: 'observation' });
  const findings = [...expectRefused(response, 400), ...sameBody(before, after)];
  if (findings.length > 0) makeDirty();
  return findings;
}

function sameBody(before: Checked, after: Exchange): readonly Finding[] {
  const expected = atPointer(bodyOf(before), '/volumeAttachment') ?? null;
  return expectResponse(after, 200, (shown) => expectValue(shown, '/volumeAttachment', expected));
}

function expectFlag(seen: Exchange, value: boolean): readonly Finding[] {
  return expectResponse(seen, 200, (shown) => expectValue(shown, flag, value));
}

function anUnknownUuid(ctx: CheckContext): string {
  return ctx.uuid();
}
