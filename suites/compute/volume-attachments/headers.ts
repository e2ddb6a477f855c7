/** Request ids, the challenge of a reply with 401, and the types of bodies that are read. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectHeader, expectResponse, expectStatus, responseOf } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { given } from '../given.ts';
import { acts, everyAct, nowhere } from './each-operation.ts';
import { attach, expectRefused, list } from './operations.ts';
import { faultBodies, requestIds } from './quotes.ts';
import {
  expectFaultReply,
  expectOnlyFault,
  expectRequestIds,
  expectSameRequestIds,
  requestIdOf,
} from './reply-marks.ts';
import { survived } from './survival.ts';

export const headerClauses: readonly WrittenClause[] = [
  ...idsOfReplies(),
  ...idsOfClients(),
  ...unauthorized(),
  ...typesOfBodies(),
];

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
      refutedBy: ['compute:request-ids-differ'],
      check: async (stage) => {
        const replies = await manyReplies(stage);
        const broken = replies.flatMap(survivedHere);
        if (broken.length > 0) return broken;
        return replies.flatMap((reply) => [...expectRequestIds(reply), ...expectSameRequestIds(reply)]);
      },
    },
    {
      id: 'compute/list-volume-attachments#request-ids-are-unique',
      statement: 'Two replies MUST NOT have the same request id.',
      quotes: [requestIds('No two replies have the same id.')],
      cases: 'once',
      refutedBy: ['compute:request-id-is-repeated'],
      check: async (stage) => {
        const replies = await manyReplies(stage);
        const broken = replies.flatMap(survivedHere);
        if (broken.length > 0) return broken;
        const ids = replies.map(requestIdOf);
        return replies.flatMap((reply, index): readonly Finding[] => {
          const seen = ids[index];
          if (seen === undefined || ids.indexOf(seen) === index) return [];
          return [
            { kind: 'header', exchange: reply.id, name: 'x-openstack-request-id', expected: 'an id of its own', seen },
          ];
        });
      },
    },
  ];
}

/** A 500 is told by its status, whatever headers it has. */
function survivedHere(reply: Exchange): readonly Finding[] {
  responseOf(reply);
  return survived(reply);
}

/** Replies of every origin: the operation, its refusals, the version that cannot be had, the missing token. */
async function manyReplies(stage: Stage): Promise<readonly Exchange[]> {
  const [{ server }] = await given(stage).quiet();
  return [
    await list(stage, server),
    await list(stage, server),
    await list(stage, nowhere(stage)),
    await list(stage, server, { query: 'limit=osc' }),
    await list(stage, server, { microversion: 'osc' }),
    await list(stage, server, { microversion: '2.9999' }),
    await list(stage, server, { as: 'nobody' }),
    await list(stage, server, { headers: { 'content-type': 'application/xml' } }),
  ];
}

function idsOfClients(): readonly WrittenClause[] {
  const clause = (entry: {
    readonly id: string;
    readonly statement: WrittenClause['statement'];
    readonly quote: WrittenClause['quotes'][number];
    readonly refutedBy: string;
    readonly values: (stage: Stage) => readonly string[];
  }): WrittenClause => ({
    id: `compute/list-volume-attachments#${entry.id}`,
    statement: entry.statement,
    quotes: [entry.quote],
    cases: 'once',
    refutedBy: [entry.refutedBy],
    check: async (stage) => {
      const [{ server }] = await given(stage).quiet();
      const findings: Finding[] = [];
      for (const value of entry.values(stage)) {
        const reply = await list(stage, server, { headers: { 'x-openstack-request-id': value } });
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
      refutedBy: 'compute:global-request-id-is-refused',
      values: ({ uuid }) => [`req-${uuid()}`],
    }),
    clause({
      id: 'passes-over-odd-global-request-ids',
      statement: 'A global request id that is not req- and a UUID MUST be passed over.',
      quote: requestIds('A value that is not ``req-`` and a UUID is passed over in silence.'),
      refutedBy: 'compute:odd-global-request-id-is-refused',
      values: ({ uuid }) => ['osc', `osc-${uuid()}`, 'req-osc', `req-${uuid()}-${'x'.repeat(200)}`],
    }),
  ];
}

function unauthorized(): readonly WrittenClause[] {
  return everyAct.flatMap((name): readonly WrittenClause[] => {
    const act = acts[name];
    const reply = (stage: Stage): Promise<Exchange> =>
      stage.shared(`${name} without a token`, async (inner) => {
        const { attached, free } = await given(inner).untouched();
        return act.call(inner, { server: attached.server, volume: attached.volume, free }, { as: 'nobody' });
      });
    return [
      {
        id: `${act.operation}#unauthorized-tells-how-to-authenticate`,
        statement: `${act.words} without a token MUST be answered with 401 and WWW-Authenticate.`,
        quotes: [faultBodies('The reply with 401 has the header ``WWW-Authenticate``.')],
        cases: 'once',
        refutedBy: ['compute:unauthorized-without-challenge'],
        check: async (stage) => {
          const seen = await reply(stage);
          return [
            ...expectStatus(seen, 401),
            ...expectHeader(seen, 'www-authenticate', 'a challenge', (value) => value.trim() !== ''),
          ];
        },
      },
      {
        id: `${act.operation}#unauthorized-is-a-fault`,
        statement: `${act.words} without a token MUST be answered with 401 and the key error.`,
        quotes: [faultBodies('A request without a valid token is answered with 401 and the key ``error``.')],
        cases: 'once',
        refutedBy: ['compute:unauthorized-without-fault-body'],
        check: async (stage) => {
          const seen = await reply(stage);
          return expectResponse(seen, 401, (refusal) => expectOnlyFault(refusal, 'error'));
        },
      },
    ];
  });
}

function typesOfBodies(): readonly WrittenClause[] {
  return [
    ...(['attach', 'update', 'swap'] as const).map((name): WrittenClause => {
      const act = acts[name];
      return {
        id: `${act.operation}#refuses-unknown-content-types`,
        statement: `${act.words} with an unknown Content-Type MUST be answered with 415 and a badMediaType fault.`,
        quotes: [
          faultBodies('A request with an unknown ``Content-Type`` is answered with 415.'),
          faultBodies('The key is ``badMediaType`` for 415 and ``computeFault`` for 406 and 500.'),
        ],
        cases: 'once',
        refutedBy: [`compute:${name}-takes-any-content-type`],
        check: async (stage) => {
          const { attached, free, spoil } = await given(stage).untouched();
          const place = { server: attached.server, volume: attached.volume, free };
          const findings: Finding[] = [];
          for (const type of ['application/xml', 'text/html', 'application/x-www-form-urlencoded']) {
            const reply = await act.call(stage, place, { headers: { 'content-type': type } });
            findings.push(...expectFaultReply(reply, 415, 'badMediaType'));
          }
          if (findings.length > 0) spoil();
          return findings;
        },
      };
    }),
    spelling({
      id: 'takes-json-with-parameters',
      statement: 'A body of the type application/json MUST be read, with parameters or without.',
      quote: faultBodies(
        'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
      ),
      refutedBy: 'compute:content-type-without-parameters-only',
      types: ['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8'],
    }),
    spelling({
      id: 'takes-a-body-without-content-type',
      statement: 'A body without a Content-Type MUST be read.',
      quote: faultBodies(
        'The ``Content-Type`` of a body is ``application/json``, with parameters or without, or is left out.',
      ),
      refutedBy: 'compute:content-type-needed',
      types: [undefined],
    }),
    spelling({
      id: 'takes-its-own-content-type',
      statement: 'A body of the type application/vnd.openstack.compute+json MUST be read.',
      quote: faultBodies(
        "The service's own name for it, ``application/vnd.openstack.compute+json``, is taken as well.",
      ),
      refutedBy: 'compute:own-content-type-refused',
      types: ['application/vnd.openstack.compute+json'],
    }),
  ];
}

/** That a body was read shows in the volume that it names and nobody has. */
function spelling(entry: {
  readonly id: string;
  readonly statement: WrittenClause['statement'];
  readonly quote: WrittenClause['quotes'][number];
  readonly refutedBy: string;
  readonly types: readonly (string | undefined)[];
}): WrittenClause {
  return {
    id: `compute/attach-volume#${entry.id}`,
    statement: entry.statement,
    quotes: [entry.quote],
    cases: 'once',
    refutedBy: [entry.refutedBy],
    check: async (stage) => {
      const { attached } = await given(stage).untouched();
      const findings: Finding[] = [];
      for (const type of entry.types) {
        const volume = nowhere(stage);
        const header = type === undefined ? { without: ['content-type'] } : { headers: { 'content-type': type } };
        const reply = await attach(stage, attached.server, volume, {}, header);
        findings.push(...expectRefused(reply, 404));
      }
      return findings;
    },
  };
}
