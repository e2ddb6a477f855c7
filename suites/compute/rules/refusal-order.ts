/** Which of two reasons for a refusal decides the response, for the pairs that a declaration lists. */
import type { Identity } from '../../../src/clauses/identity.ts';
import {
  bodyPointers,
  type DeclaredOperation,
  type RefusalOrder,
  type Resources,
} from '../../../src/clauses/define-operation.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { fixtures } from '../fixtures.ts';
import { expectRefused, nonexistent, refused } from './refusal.ts';
import { faultBodies, whichComesFirst } from './sections.ts';

type Entry = Omit<WrittenClause, 'id' | 'statement'> & {
  readonly id: string;
  readonly words: string;
};

const serverFirst = "The server is looked up before the caller's role is judged.";
const queryFirst = 'The query is judged before the server is looked up.';
const bodyFirst = 'The members of the body are judged before the server is looked up.';

export function refusalOrder(operation: DeclaredOperation): readonly WrittenClause[] {
  const pairs = (operation.refusedFirst ?? []).map((pair) => orders[pair](operation));
  const parsed = bodyPointers(operation).length > 0 ? [bodyTextBeforeServer(operation)] : [];
  return [...parsed, ...pairs].map(({ id, words, ...entry }) => ({
    ...entry,
    id: `${operation.id}#${id}`,
    statement: `${operation.noun} ${words}` as WrittenClause['statement'],
  }));
}

const orders: Readonly<Record<RefusalOrder, (operation: DeclaredOperation) => Entry>> = {
  'query before server': (operation) => ({
    id: 'query-before-server',
    words: `with ${wrongQuery(operation).words} for a server that cannot be found MUST be answered with 400.`,
    quotes: [whichComesFirst(queryFirst)],
    identities: ['other'],
    killedBy: ['compute:server-before-query'],
    check: async (ctx) => {
      const { query } = wrongQuery(operation);
      return [
        ...(await refused(ctx, operation, 400, { query, as: 'other' })),
        ...(await refused(ctx, operation, 400, { query, on: unknownServer(ctx) })),
      ];
    },
  }),
  'query before role': (operation) => ({
    id: 'query-before-role',
    words: `with ${wrongQuery(operation).words} by the service role alone MUST be answered with 400.`,
    quotes: [whichComesFirst(queryFirst), whichComesFirst(serverFirst)],
    identities: ['service'],
    killedBy: ['compute:role-before-query'],
    check: (ctx) => refused(ctx, operation, 400, { query: wrongQuery(operation).query, as: 'service' }),
  }),
  'body before server': (operation) => ({
    id: 'body-before-server',
    words: 'with a wrong body for a server of another project MUST be answered with 400.',
    quotes: [whichComesFirst(bodyFirst)],
    identities: ['other'],
    killedBy: [`compute:${handlerOf(operation)}-server-before-body`],
    check: (ctx) => wrongBodies(ctx, operation, 'other'),
  }),
  'body before role': (operation) => ({
    id: 'body-before-role',
    words: 'with a wrong body by a reader MUST be answered with 400.',
    quotes: [whichComesFirst(bodyFirst), whichComesFirst(serverFirst)],
    identities: ['reader'],
    killedBy: [`compute:${operation.name}-role-before-body`],
    check: (ctx) => wrongBodies(ctx, operation, 'reader'),
  }),
  'server before role': (operation) => ({
    id: 'server-before-role',
    words: 'by a reader for a server that does not exist MUST be answered with 404.',
    quotes: [whichComesFirst(serverFirst)],
    identities: ['reader'],
    killedBy: [`compute:${operation.name}-role-before-server`],
    check: (ctx) => refused(ctx, operation, 404, { on: unknownServer(ctx), as: 'reader' }),
  }),
  'role before volume': (operation) => ({
    id: 'role-before-volume',
    words: 'by a reader of a volume that does not exist MUST be answered with 403.',
    quotes: [whichComesFirst("The caller's role is judged before the volume is looked up.")],
    identities: ['reader'],
    ...sinceOf(operation, 'reader'),
    killedBy: [`compute:${operation.name}-volume-before-role`],
    check: (ctx) => {
      const volume = nonexistent(ctx);
      return refused(ctx, operation, 403, { on: (resources) => ({ ...resources, volume }), as: 'reader' });
    },
  }),
  'attachment before lock': (operation) => ({
    id: 'attachment-before-lock',
    words: 'of a volume that a locked server does not have MUST be answered with 404.',
    quotes: [whichComesFirst('A detach looks for the attachment before the lock of the server.')],
    killedBy: ['compute:lock-before-attachment'],
    check: async (ctx) => {
      const [{ server }, { free }] = await Promise.all([fixtures(ctx).locked(), fixtures(ctx).rejectionTarget()]);
      return expectRefused(await operation.send(ctx, { server, volume: free }), 404);
    },
  }),
};

function bodyTextBeforeServer(operation: DeclaredOperation): Entry {
  return {
    id: 'body-is-parsed-before-the-server-is-looked-up',
    words: 'with a body that is not JSON, for a server that does not exist, MUST be answered with 400.',
    quotes: [
      whichComesFirst('The body is parsed before the server is looked up.'),
      faultBodies('A body that is not JSON is answered with 400.'),
    ],
    cases: 'once',
    killedBy: [`compute:${handlerOf(operation)}-looks-up-before-it-parses`],
    check: (ctx) => refused(ctx, operation, 400, { on: unknownServer(ctx), rawBody: `{"${rootOf(operation)}": ` }),
  };
}

/** Bodies without their root, with an empty one, and with an id that is none. */
async function wrongBodies(ctx: CheckContext, operation: DeclaredOperation, as: Identity): Promise<readonly Finding[]> {
  const root = rootOf(operation);
  const [pointer = ''] = bodyPointers(operation);
  const odd = pointer.slice(root.length + 2);
  const bodies: readonly Json[] = [{}, { [root]: {} }, { [root]: { [odd]: 'osc' } }];
  const findings: Finding[] = [];
  for (const body of bodies) findings.push(...(await refused(ctx, operation, 400, { as, body })));
  return findings;
}

/** The root member of the body. */
export function rootOf(operation: DeclaredOperation): string {
  const [pointer = ''] = bodyPointers(operation);
  return pointer.split('/')[1] ?? '';
}

function unknownServer(ctx: CheckContext): (resources: Resources) => Resources {
  const server = nonexistent(ctx);
  return (resources) => ({ ...resources, server });
}

function wrongQuery({ id, wrongQuery: wrong }: DeclaredOperation): { readonly query: string; readonly words: string } {
  if (!wrong) throw new Error(`${id} declares no wrongQuery, which its refusedFirst needs`);
  return wrong;
}

/** Until the service has read the body, it may take the request for another operation of the same call. */
function handlerOf({ handler, name }: DeclaredOperation): string {
  return handler ?? name;
}

function sinceOf({ roles }: DeclaredOperation, role: Identity): Pick<WrittenClause, 'since'> {
  const rule = roles[role];
  return rule?.is === 'forbidden' && rule.since ? { since: rule.since } : {};
}
