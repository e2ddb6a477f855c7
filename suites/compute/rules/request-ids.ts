/** Request ids of responses, and those that clients send. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus, responseOf } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { DeclaredOperation, SendOptions } from '../../../src/clauses/define-operation.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { isList, sendList } from './asked-versions.ts';
import { unknownResources } from './refusal.ts';
import { expectRequestIds, expectSameRequestIds, requestIdOf } from './response-marks.ts';
import { requestIds } from './sections.ts';
import { survived } from './survival.ts';

export function requestIdsOf(operation: DeclaredOperation): readonly WrittenClause[] {
  return isList(operation) ? [...idsOfResponses(operation), ...idsOfClients(operation)] : [];
}

function idsOfResponses(operation: DeclaredOperation): readonly WrittenClause[] {
  return [
    {
      id: `${operation.id}#request-ids-agree`,
      statement: 'Both request ids of a reply MUST hold the same value, whatever its status.',
      quotes: [
        requestIds('Both hold the same value, which is ``req-`` followed by a UUID.'),
        requestIds('Each reply below ``/v2.1`` carries ``x-openstack-request-id`` and ``x-compute-request-id``.'),
      ],
      cases: 'once',
      killedBy: ['compute:request-ids-differ'],
      check: async (ctx) => {
        const responses = await manyResponses(ctx, operation);
        const broken = responses.flatMap(brokenResponse);
        if (broken.length > 0) return broken;
        return responses.flatMap((response) => [...expectRequestIds(response), ...expectSameRequestIds(response)]);
      },
    },
    {
      id: `${operation.id}#request-ids-are-unique`,
      statement: 'Two replies MUST NOT have the same request id.',
      quotes: [requestIds('No two replies have the same id.')],
      cases: 'once',
      killedBy: ['compute:request-id-is-repeated'],
      check: async (ctx) => {
        const responses = await manyResponses(ctx, operation);
        const broken = responses.flatMap(brokenResponse);
        if (broken.length > 0) return broken;
        const ids = responses.map(requestIdOf);
        return responses.flatMap((response, index): readonly Finding[] => {
          const seen = ids[index];
          if (seen === undefined || ids.indexOf(seen) === index) return [];
          return [
            { kind: 'header', exchange: response.id, name: 'x-openstack-request-id', expected: 'a unique id', seen },
          ];
        });
      },
    },
  ];
}

/** A 5xx response is reported by its status, whatever its headers are. */
function brokenResponse(response: Exchange): readonly Finding[] {
  responseOf(response);
  return survived(response);
}

/** Responses of different origins: the operation, its refusals, an unsupported microversion, a missing token. */
async function manyResponses(ctx: CheckContext, operation: DeclaredOperation): Promise<readonly Exchange[]> {
  const list = (options: SendOptions = {}): Promise<Exchange> => sendList(ctx, operation, options);
  return [
    await list(),
    await list(),
    await operation.send(ctx, unknownResources(ctx, operation)),
    await list({ query: operation.wrongQuery?.query ?? '' }),
    await list({ microversion: 'osc' }),
    await list({ microversion: '2.9999' }),
    await list({ as: 'nobody' }),
    await list({ headers: { 'content-type': 'application/xml' } }),
  ];
}

function idsOfClients(operation: DeclaredOperation): readonly WrittenClause[] {
  const clause = (entry: {
    readonly id: string;
    readonly statement: WrittenClause['statement'];
    readonly quote: WrittenClause['quotes'][number];
    readonly killedBy: string;
    readonly values: (ctx: CheckContext) => readonly string[];
  }): WrittenClause => ({
    id: `${operation.id}#${entry.id}`,
    statement: entry.statement,
    quotes: [entry.quote],
    cases: 'once',
    killedBy: [entry.killedBy],
    check: async (ctx) => {
      const findings: Finding[] = [];
      for (const value of entry.values(ctx)) {
        const response = await sendList(ctx, operation, { headers: { 'x-openstack-request-id': value } });
        findings.push(...expectStatus(response, 200), ...expectRequestIds(response));
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
