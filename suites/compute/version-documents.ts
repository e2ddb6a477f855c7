/**
 * Clauses of the whole service, on its version documents. Each is bound to one operation by its id, whose resources it
 * does not use.
 */
import type { Exchange } from '../../src/client/exchange.ts';
import { bodyOf, expectResponse, expectValue, type Checked } from '../../src/clauses/matchers.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { ServiceRequest } from '../../src/execution/send-request.ts';
import type { Finding } from '../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../src/clauses/written.ts';
import { atPointer, jsonList, jsonObject, jsonText, type Json, type JsonObject } from '../../src/json.ts';
import { formatMicroversion } from '../../src/microversion.ts';
import { olderDocument } from './rules/older-endpoint.ts';
import { goodBehaviour, olderEndpoint, versionDocuments } from './rules/sections.ts';

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
        const response = await document(ctx, { path: '/', version: 'own', as });
        findings.push(...expectResponse(response, 200, (shown) => expectMembers(shown, '/version', rangeOf(ctx))));
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

function versionsOf(response: Checked): readonly Json[] {
  return jsonList(atPointer(bodyOf(response), '/versions'));
}

function judgeRoot(ctx: CheckContext, response: Exchange): readonly Finding[] {
  return expectResponse(response, 200, (shown) => {
    const index = versionsOf(shown).findIndex((entry) => jsonObject(entry).id === 'v2.1');
    if (index >= 0) return expectMembers(shown, `/versions/${index}`, rangeOf(ctx));
    return [{ kind: 'value', exchange: shown.id, pointer: '/versions', expected: [rangeOf(ctx)] }];
  });
}

function judgeEntry(response: Checked, index: number): readonly Finding[] {
  const pointer = `/versions/${index}`;
  const texts = ['id', 'status'].flatMap((name) => expectText(response, `${pointer}/${name}`));
  const links = jsonList(atPointer(bodyOf(response), `${pointer}/links`));
  const own = links.findIndex((link) => jsonObject(link).rel === 'self');
  return [...texts, ...expectText(response, `${pointer}/links/${Math.max(own, 0)}/href`)];
}

function expectText(response: Checked, pointer: string): readonly Finding[] {
  const seen = atPointer(bodyOf(response), pointer);
  if ((jsonText(seen) ?? '') !== '') return [];
  return [
    {
      kind: 'value',
      exchange: response.id,
      pointer,
      expected: 'a non-empty string',
      ...(seen === undefined ? {} : { seen }),
    },
  ];
}

function expectMembers(response: Checked, pointer: string, members: JsonObject): readonly Finding[] {
  return Object.entries(members).flatMap(([name, value]) => expectValue(response, `${pointer}/${name}`, value));
}
