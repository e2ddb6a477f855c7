/** Clauses on version documents, and on the older endpoint without microversions. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { NotBound } from '../../../src/execution/errors.ts';
import {
  answered,
  bodyOf,
  expectResponse,
  expectSchema,
  expectValue,
  responseOf,
  type Checked,
} from '../../../src/clauses/matchers.ts';
import { fillPath, type CheckContext } from '../../../src/clauses/check-context.ts';
import type { ServiceRequest } from '../../../src/execution/send-request.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../../src/json.ts';
import { formatMicroversion, microversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures.ts';
import { control, expectRefused } from '../rules/refusal.ts';
import { attach } from './calls.ts';
import { goodBehaviour, olderEndpoint, versionDocuments } from '../rules/sections.ts';
import { expectNoVersionHeaders } from '../rules/response-marks.ts';

export const versionDocumentClauses: readonly WrittenClause[] = [
  {
    id: 'compute/list-volume-attachments#root-lists-versions',
    statement: 'The root of the service MUST list its versions to everybody, v2.1 with its range among them.',
    quotes: [
      versionDocuments('The root of the service lists its versions, whether or not a token is sent.'),
      versionDocuments('It tells its oldest microversion as ``min_version`` and its newest as ``version``.'),
    ],
    cases: 'once',
    killedBy: ['compute:root-needs-a-token', 'compute:root-tells-another-range'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const as of ['nobody', 'member'] as const) findings.push(...judgeRoot(ctx, await root(ctx, { as })));
      return findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#listed-versions-are-described',
    statement: 'Each version that the root lists MUST have an id, a status and links.',
    quotes: [versionDocuments('Each version has an ``id``, a ``status`` and ``links``.')],
    cases: 'once',
    killedBy: ['compute:listed-version-without-links'],
    check: async (ctx) => {
      return expectResponse(await root(ctx, { as: 'nobody' }), 200, (shown) =>
        versionsOf(shown).flatMap((_, index) => judgeEntry(shown, index)),
      );
    },
  },
  {
    id: 'compute/list-volume-attachments#document-of-v2.1-tells-its-range',
    statement: 'The document of v2.1 MUST tell everybody the range of microversions that the root tells.',
    quotes: [versionDocuments('The document of ``v2.1`` tells the same about itself, whether or not a token is sent.')],
    cases: 'once',
    killedBy: ['compute:version-document-needs-a-token', 'compute:version-document-tells-another-range'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const as of ['nobody', 'member'] as const) {
        const reply = await document(ctx, { path: '/', version: 'own', as });
        findings.push(...expectResponse(reply, 200, (shown) => expectMembers(shown, '/version', rangeOf(ctx))));
      }
      return findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#root-needs-no-microversion',
    statement: 'The root of the service SHOULD list its versions whatever microversion the headers ask for.',
    quotes: [goodBehaviour('The list of versions is given whatever microversion the headers ask for.')],
    cases: 'once',
    killedBy: ['compute:root-heeds-version-headers'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const text of ['2.9999', '3.0', 'osc']) {
        findings.push(...judgeRoot(ctx, await root(ctx, { as: 'nobody', microversion: text })));
      }
      return findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#older-endpoint-has-no-range',
    statement: 'The document of the older endpoint MUST have empty texts as min_version and version.',
    quotes: [
      olderEndpoint('A cloud may still serve the older endpoint ``/v2``.'),
      olderEndpoint('Its version document has empty texts as ``min_version`` and ``version``.'),
    ],
    cases: 'once',
    killedBy: ['compute:older-endpoint-tells-a-range'],
    check: async (ctx) => {
      return expectResponse(await olderDocument(ctx, 'act'), 200, (shown) =>
        expectMembers(shown, '/version', { id: 'v2.0', version: '', min_version: '' }),
      );
    },
  },
  {
    id: 'compute/list-volume-attachments#older-endpoint-is-the-oldest',
    statement: 'A list asked of the older endpoint MUST be answered like microversion 2.1, whatever the headers say.',
    quotes: [olderEndpoint('It answers like microversion 2.1, whatever the version headers ask for.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-heeds-version-headers'],
    check: async (ctx) => {
      const content = ctx.service.schemas.response('compute/list-volume-attachments', microversion('2.1'), 200);
      const findings: Finding[] = [];
      for (const headers of versionHeaders(ctx)) {
        const judge = (list: Checked) => (content?.kind === 'json' ? expectSchema(list, content.schema) : []);
        findings.push(...expectResponse(await olderList(ctx, headers), 200, judge));
      }
      return findings;
    },
  },
  {
    id: 'compute/list-volume-attachments#older-endpoint-names-no-microversion',
    statement: 'A reply of the older endpoint MUST NOT have version headers.',
    quotes: [olderEndpoint('Its replies have no version headers.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-names-a-version'],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const headers of versionHeaders(ctx)) {
        findings.push(...expectResponse(await olderList(ctx, headers), 200, expectNoVersionHeaders));
      }
      return findings;
    },
  },
  {
    id: 'compute/attach-volume#older-endpoint-passes-over-unknown-members',
    statement: 'Unknown members of a body that is sent to the older endpoint MUST be passed over.',
    quotes: [olderEndpoint('It passes over unknown members of a body.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-refuses-unknown-members'],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      const volumeId = ctx.uuid();
      const odd = { volumeAttachment: { volumeId, osc_unknown: 'inside' }, osc_unknown: 'beside' };
      const strict = await attach(ctx, attached.server, { id: volumeId }, {}, { body: odd, microversion: '2.1' });
      control(strict, 'the same body below /v2.1', 400);
      // The 404 for the nonexistent volume shows that the body was accepted.
      return expectRefused(await olderAttach(ctx, attached.server.id, odd), 404);
    },
  },
  {
    id: 'compute/attach-volume#older-endpoint-refuses-wrong-values',
    statement: 'A value without its documented form MUST be answered with 400 by the older endpoint.',
    quotes: [olderEndpoint('It refuses values that have not their documented form.')],
    cases: 'once',
    killedBy: ['compute:older-endpoint-accepts-anything'],
    check: async (ctx) => {
      const { attached, makeDirty } = await fixtures(ctx).rejectionTarget();
      const findings: Finding[] = [];
      for (const volumeId of ['osc', '', 1, null]) {
        const reply = await olderAttach(ctx, attached.server.id, { volumeAttachment: { volumeId } });
        findings.push(...expectRefused(reply, 400));
      }
      if (findings.length > 0) makeDirty();
      return findings;
    },
  },
];

type Document = Pick<ServiceRequest, 'path'> & Partial<ServiceRequest>;

function document(ctx: CheckContext, request: Document): Promise<Exchange> {
  return ctx.send({ service: 'compute', method: 'GET', purpose: 'act', ...request });
}

function root(ctx: CheckContext, request: Partial<ServiceRequest>): Promise<Exchange> {
  return document(ctx, { path: '/', version: 'root', ...request });
}

function rangeOf({ service }: CheckContext): JsonObject {
  const { first, last } = service.range;
  return { id: 'v2.1', min_version: formatMicroversion(first), ...(last && { version: formatMicroversion(last) }) };
}

function versionsOf(reply: Checked): readonly Json[] {
  return jsonList(atPointer(bodyOf(reply), '/versions'));
}

function judgeRoot(ctx: CheckContext, reply: Exchange): readonly Finding[] {
  return expectResponse(reply, 200, (shown) => {
    const index = versionsOf(shown).findIndex((entry) => jsonObject(entry).id === 'v2.1');
    if (index >= 0) return expectMembers(shown, `/versions/${index}`, rangeOf(ctx));
    return [{ kind: 'value', exchange: shown.id, pointer: '/versions', expected: [rangeOf(ctx)] }];
  });
}

function judgeEntry(reply: Checked, index: number): readonly Finding[] {
  const pointer = `/versions/${index}`;
  const texts = ['id', 'status'].flatMap((name) => expectText(reply, `${pointer}/${name}`));
  const links = jsonList(atPointer(bodyOf(reply), `${pointer}/links`));
  const own = links.findIndex((link) => jsonObject(link).rel === 'self');
  return [...texts, ...expectText(reply, `${pointer}/links/${Math.max(own, 0)}/href`)];
}

function expectText(reply: Checked, pointer: string): readonly Finding[] {
  const seen = atPointer(bodyOf(reply), pointer);
  if ((jsonText(seen) ?? '') !== '') return [];
  return [
    {
      kind: 'value',
      exchange: reply.id,
      pointer,
      expected: 'a non-empty string',
      ...(seen === undefined ? {} : { seen }),
    },
  ];
}

function expectMembers(reply: Checked, pointer: string, members: JsonObject): readonly Finding[] {
  return Object.entries(members).flatMap(([name, value]) => expectValue(reply, `${pointer}/${name}`, value));
}

/** @throws NotBound when the target does not serve the older endpoint */
async function olderDocument(ctx: CheckContext, purpose: 'act' | 'observation'): Promise<Exchange> {
  const reply = await document(ctx, { path: '/', version: 'v2', as: 'nobody', purpose });
  const { status } = responseOf(reply);
  const shown = answered(reply, 200);
  const isServed = shown && atPointer(bodyOf(shown), '/version/id') === 'v2.0';
  if (isServed || status >= 500) return reply;
  throw new NotBound('The target does not serve the older endpoint /v2.');
}

function requireOlderEndpoint(ctx: CheckContext): Promise<Exchange> {
  return ctx.shared('the older endpoint', (inner) => olderDocument(inner, 'observation'));
}

async function olderList(ctx: CheckContext, headers: Readonly<Record<string, string>>): Promise<Exchange> {
  await requireOlderEndpoint(ctx);
  const [{ server }] = await fixtures(ctx).readOnly();
  return document(ctx, { path: `${collection(server.id)}`, version: 'v2', headers });
}

async function olderAttach(ctx: CheckContext, serverId: string, body: Json): Promise<Exchange> {
  await requireOlderEndpoint(ctx);
  return document(ctx, { method: 'POST', path: collection(serverId), version: 'v2', body });
}

function collection(serverId: string): string {
  return fillPath('/servers/{server_id}/os-volume_attachments', { server_id: serverId });
}

function versionHeaders({ service }: CheckContext): readonly Readonly<Record<string, string>>[] {
  const { last } = service.range;
  const newest = last ? formatMicroversion(last) : 'latest';
  return [
    {},
    { 'openstack-api-version': `compute ${newest}` },
    { 'x-openstack-nova-api-version': newest },
    { 'openstack-api-version': 'compute 3.0' },
  ];
}
