/** Clauses on request ids, on 401 responses, and on the content types of request bodies. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus, responseOf } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { fixtures } from '../fixtures.ts';
import { expectRefused, nonexistent } from '../rules/refusal.ts';
import { attach, list } from './calls.ts';
import { faultBodies, requestIds } from '../rules/sections.ts';
import { expectRequestIds, expectSameRequestIds, requestIdOf } from '../rules/response-marks.ts';
import { survived } from '../rules/survival.ts';

export const headerClauses: readonly WrittenClause[] = [...idsOfReplies(), ...idsOfClients(), ...typesOfBodies()];

function idsOfReplies(): readonly WrittenClause[] {
  return [
    {
      id: 'compute/list-volume-attachments#request-ids-agree',
      statement: 'Both request ids of a reply MUST hold the same value, whatever its status.',
      quotes: [
        requestIds('Both hold the same value, which is ``req-`` followed by a UUID.'),
        requestIds('Each reply below ``/v2.1`` carries ``x-openstack-request-id`` and ``x-compute-request-id``.'),
      ],
      cases: 'once',
      killedBy: ['compute:request-ids-differ'],
      check: async (ctx) => {
        const replies = await manyReplies(ctx);
        const broken = replies.flatMap(brokenReply);
        if (broken.length > 0) return broken;
        return replies.flatMap((reply) => [...expectRequestIds(reply), ...expectSameRequestIds(reply)]);
      },
    },
    {
      id: 'compute/list-volume-attachments#request-ids-are-unique',
      statement: 'Two replies MUST NOT have the same request id.',
      quotes: [requestIds('No two replies have the same id.')],
      cases: 'once',
      killedBy: ['compute:request-id-is-repeated'],
      check: async (ctx) => {
        const replies = await manyReplies(ctx);
        const broken = replies.flatMap(brokenReply);
        if (broken.length > 0) return broken;
        const ids = replies.map(requestIdOf);
        return replies.flatMap((reply, index): readonly Finding[] => {
          const seen = ids[index];
          if (seen === undefined || ids.indexOf(seen) === index) return [];
          return [
            { kind: 'header', exchange: reply.id, name: 'x-openstack-request-id', expected: 'a unique id', seen },
          ];
        });
      },
    },
  ];
}

/** A 5xx response is reported by its status, whatever its headers are. */
function brokenReply(reply: Exchange): readonly Finding[] {
  responseOf(reply);
  return survived(reply);
}

/** Responses of different origins: the operation, its refusals, an unsupported microversion, a missing token. */
async function manyReplies(ctx: CheckContext): Promise<readonly Exchange[]> {
  const [{ server }] = await fixtures(ctx).readOnly();
  return [
    await list(ctx, server),
    await list(ctx, server),
    await list(ctx, nonexistent(ctx)),
    await list(ctx, server, { query: 'limit=osc' }),
    await list(ctx, server, { microversion: 'osc' }),
    await list(ctx, server, { microversion: '2.9999' }),
    await list(ctx, server, { as: 'nobody' }),
    await list(ctx, server, { headers: { 'content-type': 'application/xml' } }),
  ];
}

function idsOfClients(): readonly WrittenClause[] {
  const clause = (entry: {
    readonly id: string;
    readonly statement: WrittenClause['statement'];
    readonly quote: WrittenClause['quotes'][number];
    readonly killedBy: string;
    readonly values: (ctx: CheckContext) => readonly string[];
  }): WrittenClause => ({
    id: `compute/list-volume-attachments#${entry.id}`,
    statement: entry.statement,
    quotes: [entry.quote],
    cases: 'once',
    killedBy: [entry.killedBy],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const findings: Finding[] = [];
      for (const value of entry.values(ctx)) {
        const reply = await list(ctx, server, { headers: { 'x-openstack-request-id': value } });
        findings.push(...expectStatus(reply, 200), ...expectRequestIds(reply));
      }
      return findings;
    },
  });
  return [
    clause({
      id: 'takes-a-global-request-id',
      statement: 'A request with a global request id MUST be answered as one without.',
      quote: requestIds('A client may send a global request id in ``X-Openstack-Request-Id``.'),
      killedBy: 'compute:global-request-id-is-refused',
      values: ({ uuid }) => [`req-${uuid()}`],
    }),
    clause({
      id: 'passes-over-odd-global-request-ids',
      statement: 'A global request id that is not req- and a UUID MUST be passed over.',
      quote: requestIds('A value that is not ``req-`` and a UUID is passed over in silence.'),
      killedBy: 'compute:odd-global-request-id-is-refused',
      values: ({ uuid }) => ['osc', `osc-${uuid()}`, 'req-osc', `req-${uuid()}-${'x'.repeat(200)}`],
    }),
  ];
}

function typesOfBodies(): readonly WrittenClause[] {
  return [
    spelling({
      id: 'takes-json-with-parameters',
      statement: 'A body of the type application/json MUST be read, with parameters or without.',
      quote: faultBodies(
        'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
      ),
      killedBy: 'compute:content-type-without-parameters-only',
      types: ['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'],
    }),
    spelling({
      id: 'takes-a-body-without-content-type',
      statement: 'A body without a Content-Type MUST be read.',
      quote: faultBodies(
        'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
      ),
      killedBy: 'compute:content-type-needed',
      types: [undefined],
    }),
    spelling({
      id: 'takes-its-own-content-type',
      statement: 'A body of the type application/vnd.openstack.compute+json MUST be read.',
      quote: faultBodies(
        "The service's own name for it, ``application/vnd.openstack.compute+json``, is taken as well.",
      ),
      killedBy: 'compute:own-content-type-refused',
      types: ['application/vnd.openstack.compute+json'],
    }),
  ];
}

/** Checks that a body is read: the service responds with 404 for the nonexistent volume that it names. */
function spelling(entry: {
  readonly id: string;
  readonly statement: WrittenClause['statement'];
  readonly quote: WrittenClause['quotes'][number];
  readonly killedBy: string;
  readonly types: readonly (string | undefined)[];
}): WrittenClause {
  return {
    id: `compute/attach-volume#${entry.id}`,
    statement: entry.statement,
    quotes: [entry.quote],
    cases: 'once',
    killedBy: [entry.killedBy],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      const findings: Finding[] = [];
      for (const type of entry.types) {
        const volume = nonexistent(ctx);
        const header = type === undefined ? { without: ['content-type'] } : { headers: { 'content-type': type } };
        const reply = await attach(ctx, attached.server, volume, {}, header);
        findings.push(...expectRefused(reply, 404));
      }
      return findings;
    },
  };
}
