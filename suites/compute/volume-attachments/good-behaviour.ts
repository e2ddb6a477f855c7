/** What the reference leaves open and clients may wish for. */
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
} from '../../../src/conformance/matchers.ts';
import { fillPath, type Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { atPointer, jsonObject, jsonText } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { detach as detachInPreparation, type Attached } from '../attachment.ts';
import { given } from '../given.ts';
import { acts, nowhere, type ActName } from './each-operation.ts';
import { attach, control, eventuallyAttached, expectRefused, show, swap, update } from './operations.ts';
import { goodBehaviour } from './quotes.ts';

export const goodBehaviourClauses: readonly WrittenClause[] = [
  ...otherMethods(),
  ...shownAttachments(),
  ...unknownQueries(),
  {
    id: 'compute/attach-volume#takes-content-types-in-any-case',
    statement: 'A body of the type APPLICATION/JSON SHOULD be read.',
    quotes: [goodBehaviour('A ``Content-Type`` is recognised in upper and lower case.')],
    cases: 'once',
    errata: ['content-type-heeds-case'],
    refutedBy: ['compute:content-type-heeds-case'],
    check: async (stage) => {
      const { attached } = await given(stage).untouched();
      const headers = { 'content-type': 'APPLICATION/JSON' };
      // That the body was read shows in the volume that it names and nobody has.
      return expectRefused(await attach(stage, attached.server, nowhere(stage), {}, { headers }), 404);
    },
  },
  {
    id: 'compute/attach-volume#stores-a-word-for-false-as-false',
    statement: 'An attach that is accepted with the word false SHOULD store false.',
    quotes: [goodBehaviour('A word for a flag is stored as what it says.')],
    range: '2.79-',
    errata: ['flag-accepts-words'],
    refutedBy: ['compute:attach-stores-every-word-as-true'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      const reply = await attach(stage, server, volume, { delete_on_termination: 'false' });
      if (reply.response?.status === 400) return [];
      const end = await eventuallyAttached(stage, server, volume);
      const shown = await show(stage, server, volume, { purpose: 'observation' });
      const findings = [...end, ...expectFalse(shown)];
      // Before its server goes: the volume would go with it.
      await stage.prop(() => detachInPreparation(stage.world, server, volume));
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
    refutedBy: ['compute:refused-swap-stores-the-flag'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const fields = { delete_on_termination: true };
      const reply = await swap(stage, server, volume, nowhere(stage), { as: 'admin', fields });
      const shown = await show(stage, server, volume, { purpose: 'observation' });
      control(shown, 'showing the attachment');
      await update(stage, server, volume, { delete_on_termination: false }, { purpose: 'preparation' });
      const refused = [400, 404, 409].includes(reply.response?.status ?? 0) ? [] : expectStatus(reply, 409);
      return [...refused, ...expectFalse(shown)];
    },
  },
];

function expectFalse(shown: Exchange): readonly Finding[] {
  return expectResponse(shown, 200, (own) => expectValue(own, '/volumeAttachment/delete_on_termination', false));
}

/** A method that nothing documents, and those that its path has. */
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
      refutedBy: ['compute:other-methods-not-found', 'compute:other-methods-without-allow'],
      check: async (stage) => {
        const findings: Finding[] = [];
        for (const { method, path, has } of unrouted) {
          const reply = await raw(stage, method, path);
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
      refutedBy: ['compute:other-methods-answered-in-html'],
      check: async (stage) => {
        const findings: Finding[] = [];
        for (const { method, path } of unrouted) {
          findings.push(...expectAnyFault(await raw(stage, method, path)));
          findings.push(...expectAnyFault(await raw(stage, method, path, ['accept'])));
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
      refutedBy: ['compute:head-not-found'],
      check: async (stage) => {
        const reply = await raw(stage, 'HEAD', '/servers/{server_id}/os-volume_attachments');
        return expectResponse(reply, 200, expectNoBody);
      },
    },
  ];
}

async function raw(stage: Stage, method: string, path: string, without: readonly string[] = []): Promise<Exchange> {
  const { attached, spoil } = await given(stage).untouched();
  const reply = await stage.send({
    service: 'compute',
    method,
    path: fillPath(path, { server_id: attached.server.id, volume_id: attached.volume.id }),
    microversion: formatMicroversion(stage.microversion),
    ...(method === 'HEAD' ? {} : { body: {} }),
    without,
    purpose: 'act',
  });
  if ((reply.response?.status ?? 0) < 300 && method !== 'HEAD') spoil();
  return reply;
}

/** One key, whatever it is called, with the status and a text below it. */
function expectAnyFault(reply: Exchange): readonly Finding[] {
  const { status } = responseOf(reply);
  const fault = answered(reply, status);
  const body = fault && bodyOf(fault);
  const [key = '', ...rest] = Object.keys(jsonObject(body));
  const message = jsonText(atPointer(body, `/${key}/message`)) ?? '';
  if (rest.length === 0 && atPointer(body, `/${key}/code`) === status && message !== '') return [];
  const seen = reply.response?.body.slice(0, 200) ?? '';
  return [{ kind: 'body', exchange: reply.id, expected: 'a fault body in JSON', seen }];
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
      refutedBy: ['compute:update-refuses-what-is-shown'],
      check: async (stage) => sendBack(stage, (await given(stage).untouched()).attached),
    },
    {
      ...common,
      id: 'compute/update-volume-attachment#takes-back-a-shown-attachment-without-tag',
      statement: 'An attachment without a tag that was shown SHOULD be accepted when it is sent back.',
      refutedBy: ['compute:update-refuses-null-tag'],
      check: async (stage) => sendBack(stage, (await given(stage).quiet())[1]),
    },
  ];
}

async function sendBack(stage: Stage, { server, volume }: Attached): Promise<readonly Finding[]> {
  const shown = control(await show(stage, server, volume, { purpose: 'observation' }), 'showing the attachment');
  return expectStatus(await update(stage, server, volume, {}, { body: bodyOf(shown) ?? null }), 202);
}

function unknownQueries(): readonly WrittenClause[] {
  return (['show', 'attach', 'update', 'swap', 'detach'] as const satisfies readonly ActName[]).map((name) => {
    const act = acts[name];
    return {
      id: `${act.operation}#refuses-unknown-query-parameters-at-last`,
      statement: `${act.words} with an unknown query parameter SHOULD be answered with 400 from 2.102 on.`,
      quotes: [goodBehaviour('From microversion 2.102 on every operation refuses an unknown query parameter.')],
      range: '2.102-',
      cases: 'once',
      errata: ['query-is-not-looked-at'],
      refutedBy: [`compute:${name}-passes-over-queries`],
      check: async (stage) => {
        const { attached } = await given(stage).untouched();
        // Of a volume that is not there, so that nothing comes of what is not refused.
        const volume = name === 'show' ? attached.volume : nowhere(stage);
        const place = { server: attached.server, volume, free: nowhere(stage) };
        return expectRefused(await act.call(stage, place, { query: 'osc_unknown=1' }), 400);
      },
    };
  });
}
