/** Clauses on the error responses of every operation: their headers and the form of their bodies. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus, type Checked } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures.ts';
import { operationCalls, operationNames, nonexistent, type OperationName } from './each-operation.ts';
import { attach, control, list, show, update } from './operations.ts';
import { answering, faultBodies, requestIds } from './quotes.ts';
import {
  expectOnlyFault,
  expectRequestIds,
  expectSameRequestIds,
  expectVary,
  expectVersionHeaders,
} from './reply-marks.ts';

export const faultClauses: readonly WrittenClause[] = operationNames.flatMap(clausesOnFaults);

/** Error responses, each with its expected status. */
type Faults<R = Exchange> = readonly (readonly [status: 400 | 403 | 404 | 409, reply: R])[];

const keys = { 400: 'badRequest', 403: 'forbidden', 404: 'itemNotFound', 409: 'conflictingRequest' } as const;

const faultsOf: Readonly<Record<OperationName, (ctx: CheckContext) => Promise<Faults>>> = {
  list: async (ctx) => {
    const [{ server }] = await fixtures(ctx).readOnly();
    return [
      [400, await list(ctx, server, { query: 'limit=osc' })],
      [404, await list(ctx, nonexistent(ctx))],
    ];
  },
  show: async (ctx) => {
    const [{ server }] = await fixtures(ctx).readOnly();
    return [
      [404, await show(ctx, server, nonexistent(ctx))],
      [404, await show(ctx, nonexistent(ctx), nonexistent(ctx))],
    ];
  },
  attach: async (ctx) => [
    [400, await attach(ctx, await rejectionServer(ctx), nonexistent(ctx), {}, { body: {} })],
    [404, await attach(ctx, await rejectionServer(ctx), nonexistent(ctx))],
    [409, await refusedByLock('attach', ctx)],
  ],
  update: async (ctx) => [
    [400, await update(ctx, await rejectionServer(ctx), nonexistent(ctx), {}, { body: {} })],
    [404, await update(ctx, await rejectionServer(ctx), nonexistent(ctx))],
  ],
  swap: async (ctx) => {
    const resources = { server: await rejectionServer(ctx), volume: nonexistent(ctx), free: nonexistent(ctx) };
    return [
      [400, await operationCalls.swap.call(ctx, resources, { body: {} })],
      [403, await operationCalls.swap.call(ctx, resources)],
      [404, await operationCalls.swap.call(ctx, { ...resources, server: nonexistent(ctx) })],
    ];
  },
  detach: async (ctx) => [
    [
      404,
      await operationCalls.detach.call(ctx, {
        server: await rejectionServer(ctx),
        volume: nonexistent(ctx),
        free: nonexistent(ctx),
      }),
    ],
    [409, await refusedByLock('detach', ctx)],
  ],
};

async function rejectionServer(ctx: CheckContext): Promise<{ readonly id: string }> {
  return (await fixtures(ctx).rejectionTarget()).attached.server;
}

async function refusedByLock(name: 'attach' | 'detach', ctx: CheckContext): Promise<Exchange> {
  const { server, attached, makeDirty } = await fixtures(ctx).locked();
  const { free } = await fixtures(ctx).rejectionTarget();
  const reply = await operationCalls[name].call(ctx, { server, volume: attached.volume, free });
  if (expectStatus(reply, 409).length > 0) makeDirty();
  return reply;
}

/** The clauses on the error responses of an operation, which share the same exchanges. */
function clausesOnFaults(name: OperationName): readonly WrittenClause[] {
  const { id: operation } = operationCalls[name];
  const clause = (
    entry: Pick<WrittenClause, 'statement' | 'quotes' | 'killedBy'> & { readonly id: string },
    judge: (ctx: CheckContext, status: keyof typeof keys, reply: Checked) => readonly Finding[],
  ): WrittenClause => ({
    ...entry,
    id: `${operation}#${entry.id}`,
    check: async (ctx) => (await sharedFaults(ctx, name)).flatMap(([status, reply]) => judge(ctx, status, reply)),
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
        killedBy: [`compute:${name}-faults-without-version`],
      },
      (ctx, _, reply) => expectVersionHeaders(reply, formatMicroversion(ctx.microversion)),
    ),
    clause(
      {
        id: 'faults-vary-by-microversion',
        statement: 'A fault MUST list both version headers in Vary.',
        quotes: [
          answering('Faults raised by an operation carry these headers too.'),
          answering('The reply header ``Vary`` lists both names.'),
        ],
        killedBy: [`compute:${name}-faults-without-vary`],
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
        killedBy: [`compute:${name}-faults-without-request-id`],
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
        killedBy: [
          `compute:${name}-faults-of-another-form`,
          'compute:faults-with-one-key-for-all',
          'compute:faults-with-code-as-text',
        ],
      },
      (_, status, reply) => expectOnlyFault(reply, keys[status]),
    ),
  ];
}

async function sharedFaults(ctx: CheckContext, name: OperationName): Promise<Faults<Checked>> {
  const version = formatMicroversion(ctx.microversion);
  const faults = await ctx.shared(`faults of ${name}@${version}`, faultsOf[name]);
  return faults.map(([status, reply]) => [status, control(reply, `a refused ${name}`, status)]);
}
