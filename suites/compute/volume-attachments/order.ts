/** Which of several reasons for a refusal is the one that is given. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { expectStatus } from '../../../src/conformance/matchers.ts';
import type { CallOptions, Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import type { Json } from '../../../src/json.ts';
import { given } from '../given.ts';
import { acts, nowhere, refused, type ActName } from './each-operation.ts';
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
    refutedBy: ['compute:version-before-token'],
    check: async (stage) => {
      const [{ server }] = await given(stage).quiet();
      const findings: Finding[] = [];
      for (const text of ['osc', '2.9999', '3.0']) {
        findings.push(...expectStatus(await list(stage, server, { as: 'nobody', microversion: text }), 401));
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
    refutedBy: ['compute:type-before-version'],
    check: async (stage) => {
      const { attached, free } = await given(stage).untouched();
      const ask = (microversion: string): Promise<Exchange> =>
        attach(stage, attached.server, free, {}, { microversion, headers: xml });
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
    refutedBy: ['compute:body-before-type'],
    check: async (stage) => {
      const { attached, free } = await given(stage).untouched();
      const reply = await attach(stage, attached.server, free, {}, { rawBody: '<volume/>', headers: xml });
      return expectFaultReply(reply, 415, 'badMediaType');
    },
  };
}

function bodyTextBeforeServer(name: 'attach' | 'update' | 'swap'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#body-is-parsed-before-the-server-is-looked-up`,
    statement: `${act.words} with a body that is not JSON, for a server that does not exist, MUST be answered with 400.`,
    quotes: [
      whichComesFirst('The body is parsed before the server is looked up.'),
      faultBodies('A body that is not JSON is answered with 400.'),
    ],
    cases: 'once',
    refutedBy: [`compute:${handlerOf(name)}-looks-up-before-it-parses`],
    check: (stage) =>
      refused(stage, 400, (place) =>
        act.call(stage, { ...place, server: nowhere(stage) }, { rawBody: '{"volumeAttachment": ' }),
      ),
  };
}

function queryBeforeServer(): WrittenClause {
  return {
    id: 'compute/list-volume-attachments#query-before-server',
    statement: 'A list with a wrong limit for a server that cannot be found MUST be answered with 400.',
    quotes: [whichComesFirst('The query is judged before the server is looked up.')],
    identities: ['other'],
    refutedBy: ['compute:server-before-query'],
    check: async (stage) => {
      const { attached } = await given(stage).untouched();
      const query = 'limit=osc';
      return [
        ...expectRefused(await list(stage, attached.server, { query, as: 'other' }), 400),
        ...expectRefused(await list(stage, nowhere(stage), { query }), 400),
      ];
    },
  };
}

/** Updates and swaps are one request until its body is understood. */
function handlerOf(name: 'attach' | 'update' | 'swap'): 'attach' | 'update' {
  return name === 'swap' ? 'update' : name;
}

const wrongBodies: readonly Json[] = [{}, { volumeAttachment: {} }, { volumeAttachment: { volumeId: 'osc' } }];

function bodyBeforeServer(name: 'attach' | 'update' | 'swap'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#body-before-server`,
    statement: `${act.words} with a wrong body for a server of another project MUST be answered with 400.`,
    quotes: [whichComesFirst('The members of the body are judged before the server is looked up.')],
    identities: ['other'],
    refutedBy: [`compute:${handlerOf(name)}-server-before-body`],
    check: (stage) => wrongBody(stage, name, { as: 'other' }),
  };
}

function bodyBeforeRole(name: 'attach' | 'update'): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#body-before-role`,
    statement: `${act.words} with a wrong body by a reader MUST be answered with 400.`,
    quotes: [
      whichComesFirst('The members of the body are judged before the server is looked up.'),
      whichComesFirst("The server is looked up before the caller's role is judged."),
    ],
    identities: ['reader'],
    refutedBy: [`compute:${name}-role-before-body`],
    check: (stage) => wrongBody(stage, name, { as: 'reader' }),
  };
}

async function wrongBody(stage: Stage, name: ActName, options: Omit<CallOptions, 'path'>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const body of wrongBodies) {
    const send = acts[name].call;
    findings.push(...(await refused(stage, 400, (place) => send(stage, place, { ...options, body }))));
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
    refutedBy: ['compute:role-before-query'],
    check: async (stage) => {
      const { attached } = await given(stage).untouched();
      return expectRefused(await list(stage, attached.server, { query: 'limit=osc', as: 'service' }), 400);
    },
  };
}

function serverBeforeRole(name: Changing): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#server-before-role`,
    statement: `${act.words} by a reader for a server that does not exist MUST be answered with 404.`,
    quotes: [whichComesFirst("The server is looked up before the caller's role is judged.")],
    identities: ['reader'],
    refutedBy: [`compute:${name}-role-before-server`],
    check: (stage) =>
      refused(stage, 404, (place) => act.call(stage, { ...place, server: nowhere(stage) }, { as: 'reader' })),
  };
}

function roleBeforeVolume(name: Changing): WrittenClause {
  const act = acts[name];
  return {
    id: `${act.operation}#role-before-volume`,
    statement: `${act.words} by a reader of a volume that does not exist MUST be answered with 403.`,
    quotes: [whichComesFirst("The caller's role is judged before the volume is looked up.")],
    identities: ['reader'],
    since: restricted,
    refutedBy: [`compute:${name}-volume-before-role`],
    check: (stage) => {
      const unknown = nowhere(stage);
      return refused(stage, 403, ({ server }) =>
        act.call(stage, { server, volume: unknown, free: unknown }, { as: 'reader' }),
      );
    },
  };
}

function attachmentBeforeLock(): WrittenClause {
  return {
    id: 'compute/detach-volume#attachment-before-lock',
    statement: 'A detach of a volume that a locked server does not have MUST be answered with 404.',
    quotes: [whichComesFirst('A detach looks for the attachment before the lock of the server.')],
    refutedBy: ['compute:lock-before-attachment'],
    check: async (stage) => {
      const [{ server }, { free }] = await Promise.all([given(stage).locked(), given(stage).untouched()]);
      return expectRefused(await detach(stage, server, free), 404);
    },
  };
}
