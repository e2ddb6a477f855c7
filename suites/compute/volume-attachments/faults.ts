/** What is said of every fault of an operation: its headers and the form of its body. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus, type Checked } from '../../../src/conformance/matchers.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import { acts, everyAct, nowhere, type ActName } from './each-operation.ts';
import { attach, control, list, show, update } from './operations.ts';
import { answering, faultBodies, requestIds } from './quotes.ts';
import {
  expectOnlyFault,
  expectRequestIds,
  expectSameRequestIds,
  expectVary,
  expectVersionHeaders,
} from './reply-marks.ts';

export const faultClauses: readonly WrittenClause[] = everyAct.flatMap(marksOfFaults);

/** Replies with a fault, and the status that each has. */
type Faults<R = Exchange> = readonly (readonly [status: 400 | 403 | 404 | 409, reply: R])[];

const keys = { 400: 'badRequest', 403: 'forbidden', 404: 'itemNotFound', 409: 'conflictingRequest' } as const;

const faultsOf: Readonly<Record<ActName, (stage: Stage) => Promise<Faults>>> = {
  list: async (stage) => {
    const [{ server }] = await given(stage).quiet();
    return [
      [400, await list(stage, server, { query: 'limit=osc' })],
      [404, await list(stage, nowhere(stage))],
    ];
  },
  show: async (stage) => {
    const [{ server }] = await given(stage).quiet();
    return [
      [404, await show(stage, server, nowhere(stage))],
      [404, await show(stage, nowhere(stage), nowhere(stage))],
    ];
  },
  attach: async (stage) => [
    [400, await attach(stage, await untouchedServer(stage), nowhere(stage), {}, { body: {} })],
    [404, await attach(stage, await untouchedServer(stage), nowhere(stage))],
    [409, await ofLocked('attach', stage)],
  ],
  update: async (stage) => [
    [400, await update(stage, await untouchedServer(stage), nowhere(stage), {}, { body: {} })],
    [404, await update(stage, await untouchedServer(stage), nowhere(stage))],
  ],
  swap: async (stage) => {
    const place = { server: await untouchedServer(stage), volume: nowhere(stage), free: nowhere(stage) };
    return [
      [400, await acts.swap.call(stage, place, { body: {} })],
      [403, await acts.swap.call(stage, place)],
      [404, await acts.swap.call(stage, { ...place, server: nowhere(stage) })],
    ];
  },
  detach: async (stage) => [
    [
      404,
      await acts.detach.call(stage, {
        server: await untouchedServer(stage),
        volume: nowhere(stage),
        free: nowhere(stage),
      }),
    ],
    [409, await ofLocked('detach', stage)],
  ],
};

async function untouchedServer(stage: Stage): Promise<{ readonly id: string }> {
  return (await given(stage).untouched()).attached.server;
}

async function ofLocked(name: 'attach' | 'detach', stage: Stage): Promise<Exchange> {
  const { server, attached, spoil } = await given(stage).locked();
  const { free } = await given(stage).untouched();
  const reply = await acts[name].call(stage, { server, volume: attached.volume, free });
  if (expectStatus(reply, 409).length > 0) spoil();
  return reply;
}

/** What is said of every fault of an operation; the clauses look at the same replies. */
function marksOfFaults(name: ActName): readonly WrittenClause[] {
  const { operation } = acts[name];
  const clause = (
    mark: Pick<WrittenClause, 'statement' | 'quotes' | 'refutedBy'> & { readonly id: string },
    judge: (stage: Stage, status: keyof typeof keys, reply: Checked) => readonly Finding[],
  ): WrittenClause => ({
    ...mark,
    id: `${operation}#${mark.id}`,
    check: async (stage) => (await sharedFaults(stage, name)).flatMap(([status, reply]) => judge(stage, status, reply)),
  });
  return [
    clause(
      {
        id: 'faults-name-the-microversion',
        statement: 'A fault MUST name the microversion that was applied in both headers.',
        quotes: [
          answering('Faults raised by an operation carry these headers too.'),
          answering(
            'A reply names the microversion that was applied in ``OpenStack-API-Version`` and in ``X-OpenStack-Nova-API-Version``.',
          ),
        ],
        refutedBy: [`compute:${name}-faults-without-version`],
      },
      (stage, _, reply) => expectVersionHeaders(reply, formatMicroversion(stage.microversion)),
    ),
    clause(
      {
        id: 'faults-vary-by-microversion',
        statement: 'A fault MUST list both version headers in Vary.',
        quotes: [
          answering('Faults raised by an operation carry these headers too.'),
          answering('The reply header ``Vary`` lists both names.'),
        ],
        refutedBy: [`compute:${name}-faults-without-vary`],
      },
      (_, __, reply) => expectVary(reply),
    ),
    clause(
      {
        id: 'faults-have-request-ids',
        statement: 'A fault MUST have both request ids, with the same value.',
        quotes: [
          requestIds('Faults carry them as well.'),
          requestIds('Both hold the same value, which is ``req-`` followed by a UUID.'),
        ],
        refutedBy: [`compute:${name}-faults-without-request-id`],
      },
      (_, __, reply) => [...expectRequestIds(reply), ...expectSameRequestIds(reply)],
    ),
    clause(
      {
        id: 'faults-have-one-key',
        statement: 'The body of a fault MUST be an object with one key, and the status and a text below it.',
        quotes: [
          faultBodies('A fault is a JSON object with one key that names the kind of fault.'),
          faultBodies('Below it stand ``code``, which repeats the status, and ``message``, a text for people.'),
          faultBodies(
            'The key is ``badRequest`` for 400, ``forbidden`` for 403, ``itemNotFound`` for 404 and ``conflictingRequest`` for 409.',
          ),
        ],
        refutedBy: [
          `compute:${name}-faults-of-another-form`,
          'compute:faults-with-one-key-for-all',
          'compute:faults-with-code-as-text',
        ],
      },
      (_, status, reply) => expectOnlyFault(reply, keys[status]),
    ),
  ];
}

async function sharedFaults(stage: Stage, name: ActName): Promise<Faults<Checked>> {
  const version = formatMicroversion(stage.microversion);
  const faults = await stage.shared(`faults of ${name}@${version}`, faultsOf[name]);
  return faults.map(([status, reply]) => [status, control(reply, `a refused ${name}`, status)]);
}
