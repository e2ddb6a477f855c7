/** Clauses on refusal order: which of several reasons for a refusal decides the response. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus } from '../../../src/clauses/matchers.ts';
import type { CallOptions, CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Json } from '../../../src/json.ts';
import { fixtures } from '../fixtures.ts';
import { operationCalls, nonexistent, refused, type OperationName } from './each-operation.ts';
import { attach, detach, expectRefused, list } from './operations.ts';
import { faultBodies, whichComesFirst } from './quotes.ts';
import { expectFaultReply } from './reply-marks.ts';

const restricted = {
  maximum: '2.95',
  because: 'Roles restrict what callers of the same project may do by default since release 27.0.',
} as const;

type Changing = 'attach' | 'update' | 'detach';

export const orderClauses: readonly WrittenClause[] = [
  tokenBeforeVersion(),
  versionBeforeType(),
  typeBeforeBody(),
  ...(['attach', 'update', 'swap'] as const).map(bodyTextBeforeServer),
  queryBeforeServer(),
  ...(['attach', 'update', 'swap'] as const).map(bodyBeforeServer),
  ...(['attach', 'update'] as const).map(bodyBeforeRole),
  queryBeforeRole(),
  ...(['attach', 'update', 'detach'] as const).map(serverBeforeRole),
  ...(['attach', 'update', 'detach'] as const).map(roleBeforeVolume),
  attachmentBeforeLock(),
];

function tokenBeforeVersion(): WrittenClause {
  return {
    id: 'compute/list-volume-attachments#token-before-microversion',
    statement: 'A request without a token for a microversion that cannot be had MUST be answered with 401.',
    quotes: [faultBodies('A token is checked before the microversion is read.')],
    cases: 'once',
    killedBy: ['compute:version-before-token'],
    check: async (ctx) => {
      const [{ server }] = await fixtures(ctx).readOnly();
      const findings: Finding[] = [];
      for (const text of ['osc', '2.9999', '3.0']) {
        findings.push(...expectStatus(await list(ctx, server, { as: 'nobody', microversion: text }), 401));
      }
      return findings;
    },
  };
}

function versionBeforeType(): WrittenClause {
  return {
    id: 'compute/attach-volume#microversion-before-content-type',
    statement: 'An unknown Content-Type at a microversion that cannot be had MUST be answered with 400 or 406.',
    quotes: [whichComesFirst('The microversion is judged before the ``Content-Type``.')],
    cases: 'once',
    killedBy: ['compute:type-before-version'],
    check: async (ctx) => {
      const { attached, free } = await fixtures(ctx).rejectionTarget();
      const ask = (microversion: string): Promise<Exchange> =>
        attach(ctx, attached.server, free, {}, { microversion, headers: xml });
      return [...expectRefused(await ask('osc'), 400), ...expectFaultReply(await ask('2.9999'), 406, 'computeFault')];
    },
  };
}

const xml = { 'content-type': 'application/xml' } as const;

function typeBeforeBody(): WrittenClause {
  return {
    id: 'compute/attach-volume#content-type-before-body',
    statement: 'A body of an unknown Content-Type that is not JSON MUST be answered with 415.',
    quotes: [whichComesFirst('The ``Content-Type`` is judged before the body is parsed.')],
    cases: 'once',
    killedBy: ['compute:body-before-type'],
    check: async (ctx) => {
      const { attached, free } = await fixtures(ctx).rejectionTarget();
      const reply = await attach(ctx, attached.server, free, {}, { rawBody: '<volume/>', headers: xml });
      return expectFaultReply(reply, 415, 'badMediaType');
    },
  };
}

function bodyTextBeforeServer(name: 'attach' | 'update' | 'swap'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#body-is-parsed-before-the-server-is-looked-up`,
    statement: `${operation.words} with a body that is not JSON, for a server that does not exist, MUST be answered with 400.`,
    quotes: [
      whichComesFirst('The body is parsed before the server is looked up.'),
      faultBodies('A body that is not JSON is answered with 400.'),
    ],
    cases: 'once',
    killedBy: [`compute:${handlerOf(name)}-looks-up-before-it-parses`],
    check: (ctx) =>
      refused(ctx, 400, (resources) =>
        operation.call(ctx, { ...resources, server: nonexistent(ctx) }, { rawBody: '{"volumeAttachment": ' }),
      ),
  };
}

function queryBeforeServer(): WrittenClause {
  return {
    id: 'compute/list-volume-attachments#query-before-server',
    statement: 'A list with a wrong limit for a server that cannot be found MUST be answered with 400.',
    quotes: [whichComesFirst('The query is judged before the server is looked up.')],
    identities: ['other'],
    killedBy: ['compute:server-before-query'],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      const query = 'limit=osc';
      return [
        ...expectRefused(await list(ctx, attached.server, { query, as: 'other' }), 400),
        ...expectRefused(await list(ctx, nonexistent(ctx), { query }), 400),
      ];
    },
  };
}

/** Updates and swaps share the call until the service has read the body. */
function handlerOf(name: 'attach' | 'update' | 'swap'): 'attach' | 'update' {
  return name === 'swap' ? 'update' : name;
}

const wrongBodies: readonly Json[] = [{}, { volumeAttachment: {} }, { volumeAttachment: { volumeId: 'osc' } }];

function bodyBeforeServer(name: 'attach' | 'update' | 'swap'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#body-before-server`,
    statement: `${operation.words} with a wrong body for a server of another project MUST be answered with 400.`,
    quotes: [whichComesFirst('The members of the body are judged before the server is looked up.')],
    identities: ['other'],
    killedBy: [`compute:${handlerOf(name)}-server-before-body`],
    check: (ctx) => wrongBody(ctx, name, { as: 'other' }),
  };
}

function bodyBeforeRole(name: 'attach' | 'update'): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#body-before-role`,
    statement: `${operation.words} with a wrong body by a reader MUST be answered with 400.`,
    quotes: [
      whichComesFirst('The members of the body are judged before the server is looked up.'),
      whichComesFirst("The server is looked up before the caller's role is judged."),
    ],
    identities: ['reader'],
    killedBy: [`compute:${name}-role-before-body`],
    check: (ctx) => wrongBody(ctx, name, { as: 'reader' }),
  };
}

async function wrongBody(
  ctx: CheckContext,
  name: OperationName,
  options: Omit<CallOptions, 'path'>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const body of wrongBodies) {
    const send = operationCalls[name].call;
    findings.push(...(await refused(ctx, 400, (resources) => send(ctx, resources, { ...options, body }))));
  }
  return findings;
}

function queryBeforeRole(): WrittenClause {
  return {
    id: 'compute/list-volume-attachments#query-before-role',
    statement: 'A list with a wrong limit by the service role alone MUST be answered with 400.',
    quotes: [
      whichComesFirst('The query is judged before the server is looked up.'),
      whichComesFirst("The server is looked up before the caller's role is judged."),
    ],
    identities: ['service'],
    killedBy: ['compute:role-before-query'],
    check: async (ctx) => {
      const { attached } = await fixtures(ctx).rejectionTarget();
      return expectRefused(await list(ctx, attached.server, { query: 'limit=osc', as: 'service' }), 400);
    },
  };
}

function serverBeforeRole(name: Changing): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#server-before-role`,
    statement: `${operation.words} by a reader for a server that does not exist MUST be answered with 404.`,
    quotes: [whichComesFirst("The server is looked up before the caller's role is judged.")],
    identities: ['reader'],
    killedBy: [`compute:${name}-role-before-server`],
    check: (ctx) =>
      refused(ctx, 404, (resources) =>
        operation.call(ctx, { ...resources, server: nonexistent(ctx) }, { as: 'reader' }),
      ),
  };
}

function roleBeforeVolume(name: Changing): WrittenClause {
  const operation = operationCalls[name];
  return {
    id: `${operation.id}#role-before-volume`,
    statement: `${operation.words} by a reader of a volume that does not exist MUST be answered with 403.`,
    quotes: [whichComesFirst("The caller's role is judged before the volume is looked up.")],
    identities: ['reader'],
    since: restricted,
    killedBy: [`compute:${name}-volume-before-role`],
    check: (ctx) => {
      const unknown = nonexistent(ctx);
      return refused(ctx, 403, ({ server }) =>
        operation.call(ctx, { server, volume: unknown, free: unknown }, { as: 'reader' }),
      );
    },
  };
}

function attachmentBeforeLock(): WrittenClause {
  return {
    id: 'compute/detach-volume#attachment-before-lock',
    statement: 'A detach of a volume that a locked server does not have MUST be answered with 404.',
    quotes: [whichComesFirst('A detach looks for the attachment before the lock of the server.')],
    killedBy: ['compute:lock-before-attachment'],
    check: async (ctx) => {
      const [{ server }, { free }] = await Promise.all([fixtures(ctx).locked(), fixtures(ctx).rejectionTarget()]);
      return expectRefused(await detach(ctx, server, free), 404);
    },
  };
}
