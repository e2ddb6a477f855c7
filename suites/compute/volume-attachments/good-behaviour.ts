/** SHOULD clauses on behaviour that the reference leaves open and that clients benefit from. */
import type { Exchange } from '../../../src/client/exchange.ts';
import {
  answered,
  bodyOf,
  expectHeader,
  expectNoBody,
  expectResponse,
  expectStatus,
  expectValue,
  responseOf,
} from '../../../src/clauses/matchers.ts';
import { fillPath, type CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonObject, jsonText } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { detach as detachInPreparation, type Attached } from '../attachment.ts';
import { fixtures } from '../fixtures.ts';
import { eventuallyAttached } from '../observe-attachments.ts';
import { control, expectRefused, nonexistent } from '../rules/refusal.ts';
import { attach, show, swap, update } from './calls.ts';
import { goodBehaviour } from '../rules/sections.ts';

export const goodBehaviourClauses: readonly WrittenClause[] = [
  ...otherMethods(),
  ...shownAttachments(),
  {
    id: 'compute/attach-volume#takes-content-types-in-any-case',
    statement: 'A body of the type APPLICATION/JSON SHOULD be read.',
    quotes: [goodBehaviour('A ``Content-Type`` is recognised in upper and lower case.')],
    cases: 'once',
    errata: ['content-type-heeds-case'],
    killedBy: ['compute:content-type-heeds-case'],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      const headers = { 'content-type': 'APPLICATION/JSON' };
      // The 404 for the nonexistent volume shows that the service read the body.
      return expectRefused(await attach(ctx, attached.server, nonexistent(ctx), {}, { headers }), 404);
    },
  },
  {
    id: 'compute/attach-volume#stores-a-word-for-false-as-false',
    statement: 'An attach that is accepted with the word false SHOULD store false.',
    quotes: [goodBehaviour('A word for a flag is stored as what it says.')],
    range: '2.79-',
    errata: ['flag-accepts-words'],
    killedBy: ['compute:attach-stores-every-word-as-true'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      const reply = await attach(ctx, server, volume, { delete_on_termination: 'false' });
      if (reply.response?.status === 400) return [];
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
      const reply = await swap(ctx, server, volume, nonexistent(ctx), { as: 'admin', fields });
      const shown = await show(ctx, server, volume, { purpose: 'observation' });
      control(shown, 'showing the attachment');
      await update(ctx, server, volume, { delete_on_termination: false }, { purpose: 'preparation' });
      const refused = [400, 404, 409].includes(reply.response?.status ?? 0) ? [] : expectStatus(reply, 409);
      return [...refused, ...expectFalse(shown)];
    },
  },
];

function expectFalse(shown: Exchange): readonly Finding[] {
  return expectResponse(shown, 200, (own) => expectValue(own, '/volumeAttachment/delete_on_termination', false));
}

/** Undocumented methods of documented paths, each with the documented methods of its path. */
const unrouted = [
  { method: 'PUT', path: '/servers/{server_id}/os-volume_attachments', has: ['GET', 'POST'] },
  { method: 'PATCH', path: '/servers/{server_id}/os-volume_attachments', has: ['GET', 'POST'] },
  { method: 'POST', path: '/servers/{server_id}/os-volume_attachments/{volume_id}', has: ['GET', 'PUT', 'DELETE'] },
  { method: 'PATCH', path: '/servers/{server_id}/os-volume_attachments/{volume_id}', has: ['GET', 'PUT', 'DELETE'] },
] as const;

function otherMethods(): readonly WrittenClause[] {
  return [
    {
      id: 'compute/list-volume-attachments#answers-other-methods-with-405',
      statement: 'A method that a path does not have SHOULD be answered with 405, and the others in Allow.',
      quotes: [
        goodBehaviour(
          'A method that a path does not have is answered with 405 and the methods that it has in ``Allow``.',
        ),
      ],
      cases: 'once',
      errata: ['other-methods-are-not-found'],
      killedBy: ['compute:other-methods-not-found', 'compute:other-methods-without-allow'],
      check: async (ctx) => {
        const findings: Finding[] = [];
        for (const { method, path, has } of unrouted) {
          const reply = await raw(ctx, method, path);
          findings.push(...expectStatus(reply, 405));
          for (const name of has) {
            findings.push(...expectHeader(reply, 'allow', `a list with ${name}`, (value) => value.includes(name)));
          }
        }
        return findings;
      },
    },
    {
      id: 'compute/list-volume-attachments#answers-other-methods-in-json',
      statement: 'A method that a path does not have SHOULD be answered with a fault body in JSON.',
      quotes: [goodBehaviour('A fault outside the operations has a fault body in JSON too.')],
      cases: 'once',
      errata: ['other-methods-are-not-found'],
      killedBy: ['compute:other-methods-answered-in-html'],
      check: async (ctx) => {
        const findings: Finding[] = [];
        for (const { method, path } of unrouted) {
          findings.push(...expectAnyFault(await raw(ctx, method, path)));
          findings.push(...expectAnyFault(await raw(ctx, method, path, ['accept'])));
        }
        return findings;
      },
    },
    {
      id: 'compute/list-volume-attachments#answers-head',
      statement: 'HEAD SHOULD be answered like GET, without the body.',
      quotes: [goodBehaviour('Where GET is answered, HEAD is answered alike.')],
      cases: 'once',
      errata: ['other-methods-are-not-found'],
      killedBy: ['compute:head-not-found'],
      check: async (ctx) => {
        const reply = await raw(ctx, 'HEAD', '/servers/{server_id}/os-volume_attachments');
        return expectResponse(reply, 200, expectNoBody);
      },
    },
  ];
}

async function raw(
  ctx: CheckContext,
  method: string,
  path: string,
  without: readonly string[] = [],
): Promise<Exchange> {
  const { attached, makeDirty } = await fixtures(ctx).rejectionTarget();
  const reply = await ctx.send({
    service: 'compute',
    method,
    path: fillPath(path, { server_id: attached.server.id, volume_id: attached.volume.id }),
    microversion: formatMicroversion(ctx.microversion),
    ...(method === 'HEAD' ? {} : { body: {} }),
    without,
    purpose: 'act',
  });
  if ((reply.response?.status ?? 0) < 300 && method !== 'HEAD') makeDirty();
  return reply;
}

/** A body with one key of any name, which contains the status and a message. */
function expectAnyFault(reply: Exchange): readonly Finding[] {
  const { status } = responseOf(reply);
  const fault = answered(reply, status);
  const body = fault && bodyOf(fault);
  const [key = '', ...rest] = Object.keys(jsonObject(body));
  const message = jsonText(atPointer(body, `/${key}/message`)) ?? '';
  if (rest.length === 0 && atPointer(body, `/${key}/code`) === status && message !== '') return [];
  const seen = reply.response?.body.slice(0, 200) ?? '';
  return [{ kind: 'body', exchange: reply.id, expected: 'an error body in JSON', seen }];
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
