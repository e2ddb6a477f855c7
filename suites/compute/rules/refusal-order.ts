/** Which of two reasons for a refusal decides the response, for the pairs that a declaration lists. */
import type { Identity } from '../../../src/clauses/identity.ts';
import {
  bodyPointers,
  outermostOf,
  type DeclaredOperation,
  type RefusalOrder,
  type Resources,
} from '../../../src/clauses/define-operation.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Quote } from '../../../src/clauses/quote.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { fixtures } from '../fixtures/fixtures.ts';
import { expectRefused, nonexistent, refused } from './refusal.ts';
import { faultBodies, whichComesFirst } from './sections.ts';

type Entry = Omit<WrittenClause, 'id' | 'statement'> & {
  readonly id: string;
  readonly words: string;
};

/** What the specs say of the outermost resource of the path, or where the path names none. */
function sayings(
  operation: DeclaredOperation,
): Readonly<Record<'query' | 'body' | 'role', readonly [Quote, ...Quote[]]>> {
  const noun = outermostOf(operation)?.noun;
  if (noun === undefined) {
    const first = whichComesFirst(
      "Where the path names no resource, the query and the body are judged before the caller's role.",
    );
    return { query: [first], body: [first], role: [first] };
  }
  const role = whichComesFirst(`The ${noun} is looked up before the caller's role is judged.`);
  return {
    query: [whichComesFirst(`The query is judged before the ${noun} is looked up.`), role],
    body: [whichComesFirst(`The members of the body are judged before the ${noun} is looked up.`), role],
    role: [role],
  };
}

export function refusalOrder(operation: DeclaredOperation): readonly WrittenClause[] {
  const pairs = (operation.refusedFirst ?? []).map((pair) => orders[pair](operation));
  const isParsed = bodyPointers(operation).length > 0 && outermostOf(operation) !== undefined;
  const parsed = isParsed ? [bodyTextBeforeResource(operation)] : [];
  return [...parsed, ...pairs].map(({ id, words, ...entry }) => ({
    ...entry,
    id: `${operation.id}#${id}`,
    statement: `${operation.noun} ${words}` as WrittenClause['statement'],
  }));
}

const orders: Readonly<Record<RefusalOrder, (operation: DeclaredOperation) => Entry>> = {
  'query before resource': (operation) => ({
    id: `query-before-${typeOf(operation)}`,
    words: `with ${wrongQuery(operation).words} for a ${nounIn(operation)} that cannot be found MUST be answered with 400.`,
    quotes: [sayings(operation).query[0]],
    identities: ['other'],
    killedBy: [`${operation.id}:check-order:${outermostIn(operation).name}-before-query`],
    check: async (ctx) => {
      const { query } = wrongQuery(operation);
      return [
        ...(await refused(ctx, operation, 400, { query, as: 'other' })),
        ...(await refused(ctx, operation, 400, { query, on: unknownOutermost(ctx, operation) })),
      ];
    },
  }),
  'query before role': (operation) => ({
    id: 'query-before-role',
    words: `with ${wrongQuery(operation).words} by the service role alone MUST be answered with 400.`,
    quotes: sayings(operation).query,
    identities: ['service'],
    killedBy: [`${operation.id}:check-order:role-before-query`],
    check: (ctx) => refused(ctx, operation, 400, { query: wrongQuery(operation).query, as: 'service' }),
  }),
  'body before resource': (operation) => ({
    id: `body-before-${typeOf(operation)}`,
    words: `with a wrong body for a ${nounIn(operation)} of another project MUST be answered with 400.`,
    quotes: [sayings(operation).body[0]],
    identities: ['other'],
    killedBy: [`${operation.id}:check-order:${outermostIn(operation).name}-before-body`],
    check: (ctx) => wrongBodies(ctx, operation, 'other'),
  }),
  'body before role': (operation) => ({
    id: 'body-before-role',
    words: 'with a wrong body by a reader MUST be answered with 400.',
    quotes: sayings(operation).body,
    identities: ['reader'],
    killedBy: [`${operation.id}:check-order:role-before-body`],
    check: (ctx) => wrongBodies(ctx, operation, 'reader'),
  }),
  'resource before role': (operation) => ({
    id: `${typeOf(operation)}-before-role`,
    words: `by a reader for a ${nounIn(operation)} that does not exist MUST be answered with 404.`,
    quotes: sayings(operation).role,
    identities: ['reader'],
    killedBy: [`${operation.id}:check-order:role-before-${outermostIn(operation).name}`],
    check: (ctx) => refused(ctx, operation, 404, { on: unknownOutermost(ctx, operation), as: 'reader' }),
  }),
  'role before volume': (operation) => ({
    id: 'role-before-volume',
    words: 'by a reader of a volume that does not exist MUST be answered with 403.',
    quotes: [whichComesFirst("The caller's role is judged before the volume is looked up.")],
    identities: ['reader'],
    ...sinceOf(operation, 'reader'),
    killedBy: [`${operation.id}:check-order:volume-before-role`],
    check: (ctx) => {
      const volume = nonexistent(ctx);
      return refused(ctx, operation, 403, { on: (resources) => ({ ...resources, volume }), as: 'reader' });
    },
  }),
  'attachment before lock': (operation) => ({
    id: 'attachment-before-lock',
    words: 'of a volume that a locked server does not have MUST be answered with 404.',
    quotes: [whichComesFirst('A detach looks for the attachment before the lock of the server.')],
    killedBy: [
      `${operation.id}:check-order:lock-before-attached`,
      `${operation.id}:check-order:lock-before-state-version`,
    ],
    check: async (ctx) => {
      const [{ server }, { free }] = await Promise.all([fixtures(ctx).locked(), fixtures(ctx).rejectionTarget()]);
      return expectRefused(await operation.send(ctx, { server, volume: free }), 404);
    },
  }),
};

function bodyTextBeforeResource(operation: DeclaredOperation): Entry {
  return {
    id: `body-is-parsed-before-the-${typeOf(operation)}-is-looked-up`,
    words: `with a body that is not JSON, for a ${nounIn(operation)} that does not exist, MUST be answered with 400.`,
    quotes: [
      whichComesFirst(`The body is parsed before the ${nounIn(operation)} is looked up.`),
      faultBodies('A body that is not JSON is answered with 400.'),
    ],
    cases: 'once',
    killedBy: [`${operation.id}:check-order:${outermostIn(operation).name}-before-parse`],
    check: (ctx) =>
      refused(ctx, operation, 400, { on: unknownOutermost(ctx, operation), rawBody: `{"${rootOf(operation)}": ` }),
  };
}

/** Bodies without their root, with an empty one, and with an id that is none. An object with any keys may be empty. */
async function wrongBodies(ctx: CheckContext, operation: DeclaredOperation, as: Identity): Promise<readonly Finding[]> {
  const root = rootOf(operation);
  const [pointer = ''] = bodyPointers(operation);
  const odd = pointer.slice(root.length + 2);
  // A text may be a valid name of what the request creates.
  const wrong = operation.creates ? [] : 'osc';
  const values: readonly Json[] = odd === '*' ? [[], { osc: null }] : [{}, { [odd]: wrong }];
  const { wrongBody } = operation;
  const bodies: readonly Json[] = [
    ...(wrongBody ? [wrongBody] : []),
    {},
    ...values.map((value) => ({ [root]: value })),
  ];
  const findings: Finding[] = [];
  for (const body of bodies) findings.push(...(await refused(ctx, operation, 400, { as, body })));
  return findings;
}

/** The root member of the body. */
export function rootOf(operation: DeclaredOperation): string {
  const [pointer = ''] = bodyPointers(operation);
  return pointer.split('/')[1] ?? '';
}

function unknownOutermost(ctx: CheckContext, operation: DeclaredOperation): (resources: Resources) => Resources {
  const { name } = outermostIn(operation);
  const unknown = nonexistent(ctx);
  return (resources) => ({ ...resources, [name]: unknown });
}

function outermostIn(operation: DeclaredOperation): NonNullable<ReturnType<typeof outermostOf>> {
  const outermost = outermostOf(operation);
  if (!outermost) throw new Error(`The path of ${operation.id} names no resource, which its refusedFirst needs`);
  return outermost;
}

function typeOf(operation: DeclaredOperation): string {
  return outermostIn(operation).use.to.type;
}

function nounIn(operation: DeclaredOperation): string {
  return outermostIn(operation).noun;
}

function wrongQuery({ id, wrongQuery: wrong }: DeclaredOperation): { readonly query: string; readonly words: string } {
  if (!wrong) throw new Error(`${id} declares no wrongQuery, which its refusedFirst needs`);
  return wrong;
}

function sinceOf({ roles }: DeclaredOperation, role: Identity): Pick<WrittenClause, 'since'> {
  const rule = roles[role];
  return rule?.is === 'forbidden' && rule.since ? { since: rule.since } : {};
}
