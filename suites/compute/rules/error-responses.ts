/** The form of error responses, for each status that requests of the operation can provoke. */
import type { Exchange } from '../../../src/client/exchange.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import {
  bodyPointers,
  isNested,
  outermostOf,
  pathResources,
  type DeclaredOperation,
  type RejectedCall,
} from '../../../src/clauses/define-operation.ts';
import { expectHeader, expectResponse, expectStatus, type Checked } from '../../../src/clauses/matchers.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { control, faultKeys, outermostOnly, sendRefused, unknownResources, type RefusalStatus } from './refusal.ts';
import {
  expectOnlyFault,
  expectRequestIds,
  expectSameRequestIds,
  expectVary,
  expectVersionHeaders,
} from './response-marks.ts';
import { answering, faultBodies, requestIds } from './sections.ts';

/** Error responses, each with its expected status. */
type ErrorResponses<R = Exchange> = readonly (readonly [status: RefusalStatus, response: R])[];

async function provoke(ctx: CheckContext, operation: DeclaredOperation): Promise<ErrorResponses> {
  const { roles, wrongQuery, wrongBody = {}, serverStates } = operation;
  const target = await operation.rejected(ctx);
  const partly = outermostOnly(ctx, operation, target.resources);
  // The role of the caller may be judged after the server was found.
  const known = isNested(operation) ? partly : target.resources;
  const found: (readonly [RefusalStatus, Exchange])[] = [];
  if (wrongQuery) found.push([400, await operation.send(ctx, target.resources, { query: wrongQuery.query })]);
  if (bodyPointers(operation).length > 0) found.push([400, await operation.send(ctx, partly, { body: wrongBody })]);
  const members = target.body && { members: target.body };
  if (roles.member?.is === 'forbidden')
    found.push([403, await operation.send(ctx, known, { ...members, as: 'member' })]);
  else if (isNested(operation)) found.push([404, await operation.send(ctx, partly)]);
  if (outermostOf(operation)) {
    found.push([404, await operation.send(ctx, unknownResources(ctx, operation), { ...members })]);
  }
  if (serverStates?.locked === 'refused') found.push([409, await refusedByLock(ctx, operation, target)]);
  return found;
}

async function refusedByLock(
  ctx: CheckContext,
  operation: DeclaredOperation,
  { resources }: RejectedCall,
): Promise<Exchange> {
  const rejectedIn = operation.serverStates?.rejectedIn;
  if (rejectedIn) {
    const target = await rejectedIn(ctx, 'locked');
    const response = await sendRefused(ctx, operation, target);
    if (expectStatus(response, 409).length > 0) target.makeDirty();
    return response;
  }
  const { server, attached, makeDirty } = await fixtures(ctx).locked();
  const own = pathResources(operation).includes('volume') ? { server, volume: attached.volume } : { server };
  const response = await operation.send(ctx, { ...resources, ...own });
  if (expectStatus(response, 409).length > 0) makeDirty();
  return response;
}

/** The clauses on the error responses of an operation, which share the same exchanges. */
export function errorResponses(operation: DeclaredOperation): readonly WrittenClause[] {
  const clause = (
    entry: Pick<WrittenClause, 'statement' | 'quotes' | 'killedBy'> & { readonly id: string },
    judge: (ctx: CheckContext, status: RefusalStatus, response: Checked) => readonly Finding[],
  ): WrittenClause => ({
    ...entry,
    id: `${operation.id}#${entry.id}`,
    check: async (ctx) => (await shared(ctx, operation)).flatMap(([status, response]) => judge(ctx, status, response)),
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
        killedBy: [`${operation.id}:errors-without-version`],
      },
      (ctx, _, response) => expectVersionHeaders(response, formatMicroversion(ctx.microversion)),
    ),
    clause(
      {
        id: 'faults-vary-by-microversion',
        statement: 'A fault MUST list both version headers in Vary.',
        quotes: [
          answering('Faults raised by an operation carry these headers too.'),
          answering('The reply header ``Vary`` lists both names.'),
        ],
        killedBy: [`${operation.id}:errors-without-vary`],
      },
      (_, __, response) => expectVary(response),
    ),
    clause(
      {
        id: 'faults-have-request-ids',
        statement: 'A fault MUST have both request ids, with the same value.',
        quotes: [
          requestIds('Faults carry them as well.'),
          requestIds('Both hold the same value, which is ``req-`` followed by a UUID.'),
        ],
        killedBy: [`${operation.id}:errors-without-request-id`],
      },
      (_, __, response) => [...expectRequestIds(response), ...expectSameRequestIds(response)],
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
          `${operation.id}:errors-of-another-form`,
          `${operation.id}:errors-with-one-key`,
          `${operation.id}:errors-with-code-as-text`,
        ],
      },
      (_, status, response) => expectOnlyFault(response, faultKeys[status]),
    ),
  ];
}

async function shared(ctx: CheckContext, operation: DeclaredOperation): Promise<ErrorResponses<Checked>> {
  const key = `error responses of ${operation.id}@${formatMicroversion(ctx.microversion)}`;
  const found = await ctx.shared(key, (inner) => provoke(inner, operation));
  return found.map(([status, response]) => [status, control(response, `a refused request of ${operation.id}`, status)]);
}

/** Requests without a token. */
export function unauthorized(operation: DeclaredOperation): readonly WrittenClause[] {
  const response = (ctx: CheckContext): Promise<Exchange> =>
    ctx.shared(`${operation.id} without a token`, async (inner) => {
      const { resources, body } = await operation.rejected(inner);
      return operation.send(inner, resources, { as: 'nobody', ...(body && { members: body }) });
    });
  return [
    {
      id: `${operation.id}#unauthorized-tells-how-to-authenticate`,
      statement: `${operation.noun} without a token MUST be answered with 401 and WWW-Authenticate.`,
      quotes: [faultBodies('The reply with 401 has the header ``WWW-Authenticate``.')],
      cases: 'once',
      killedBy: ['compute:unauthorized-without-challenge'],
      check: async (ctx) => {
        const seen = await response(ctx);
        return [
          ...expectStatus(seen, 401),
          ...expectHeader(seen, 'www-authenticate', 'a challenge', (value) => value.trim() !== ''),
        ];
      },
    },
    {
      id: `${operation.id}#unauthorized-is-a-fault`,
      statement: `${operation.noun} without a token MUST be answered with 401 and the key error.`,
      quotes: [faultBodies('A request without a valid token is answered with 401 and the key ``error``.')],
      cases: 'once',
      killedBy: ['compute:unauthorized-without-fault-body'],
      check: async (ctx) => {
        const seen = await response(ctx);
        return expectResponse(seen, 401, (refusal) => expectOnlyFault(refusal, 'error'));
      },
    },
  ];
}
