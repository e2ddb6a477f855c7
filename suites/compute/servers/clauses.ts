/** Clauses on single servers that no rule expresses. */
import { judgeAccepted, judgeAcceptedWith } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { bodyOf, expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Named } from '../../../src/clauses/define-operation.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import type { Exchange } from '../../../src/client/exchange.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { atPointer } from '../../../src/json.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { expectRefused, observeServer } from '../rules/refusal.ts';
import {
  changing,
  deleteServer,
  deleting,
  idsIn,
  nameOf,
  showing,
  showServer,
  singleServerOperations,
  updates,
  updateServer,
} from './operations.ts';

const update = 'compute/update-server';
const shows = changing('The response to an update shows the server as it is afterwards, and so does a show.');
const stored = changing('A name, a description, an address and the disk configuration are stored as they were sent.');

/** The members of an update that are shown as they were sent: their words in ids, and the range in which they exist. */
const repeated: readonly (readonly [pointer: string, words: string, range: string])[] = [
  ['/server/accessIPv4', 'access-ipv4', '2.1-'],
  ['/server/accessIPv6', 'access-ipv6', '2.1-'],
  ['/server/OS-DCF:diskConfig', 'disk-config', '2.1-'],
  ['/server/description', 'description', '2.19-'],
];

const address = '192.0.2.18';

const written: readonly WrittenClause[] = [
  {
    id: 'compute/show-server-details#shows-the-server-of-the-path',
    statement: 'A shown server MUST have the id of the path, the name of its creation and the status ACTIVE.',
    quotes: [
      showing('The response to a show has the server of the path, in whatever state it is.'),
      showing('A shown server has the status that belongs to its state.'),
    ],
    cases: 'once',
    killedBy: ['compute:shown-servers-are-others'],
    check: async (ctx) => {
      const { makeDirty: _, ...own } = await serverToKeep(ctx, { state: 'active' });
      return expectResponse(await showServer.send(ctx, { server: own }), 200, (seen) => [
        ...expectValue(seen, '/server/id', own.id),
        ...expectValue(seen, '/server/name', own.name),
        ...expectValue(seen, '/server/status', 'ACTIVE'),
      ]);
    },
  },
  {
    id: `${update}#stores-the-name`,
    statement: 'An updated server MUST have the name of the request, in the response and when it is shown.',
    quotes: [stored, shows],
    killedBy: [`${update}:skip-effect`, `${update}:ignore-member:name`],
    check: (ctx) =>
      judgeAccepted(updateServer, {}, ({ shown }, accepted) => [
        ...expectValue(accepted, '/server/name', nameOf(ctx)),
        ...expectResponse(shown, 200, (seen) => expectValue(seen, '/server/name', nameOf(ctx))),
      ])(ctx),
  },
  ...repeated.map(([pointer, words, range]): WrittenClause => ({
    id: `${update}#stores-the-${words}`,
    statement: `An updated server MUST have the ${words.replace('-', ' ')} of the request, in the response and when it is shown.`,
    quotes: [stored, shows],
    ...(range !== '2.1-' && { range }),
    killedBy: [`${update}:skip-effect`, `${update}:ignore-member:${pointer.split('/')[2] ?? ''}`],
    check: judgeAcceptedWith(updateServer, pointer, ({ shown }, accepted) => [
      ...expectValue(accepted, pointer, updates[pointer] ?? null),
      ...expectResponse(shown, 200, (seen) => expectValue(seen, pointer, updates[pointer] ?? null)),
    ]),
  })),
  {
    id: `${update}#keeps-what-is-not-sent`,
    statement: 'An update of the name alone MUST leave the addresses, the metadata and the flavor as they were.',
    quotes: [changing('An update changes the members that it sends and no others.')],
    cases: 'once',
    killedBy: ['compute:update-resets-the-addresses'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const first = { '/server/name': nameOf(ctx), '/server/accessIPv4': address };
      const prepared = await updateServer.send(ctx, { server }, { members: first, purpose: 'preparation' });
      const before = await observeServer(ctx, server);
      const updated = await rename(ctx, server, `${nameOf(ctx)}-again`);
      const after = await observeServer(ctx, server);
      return [
        ...expectStatus(prepared, 200),
        ...expectStatus(updated, 200),
        ...expectResponse(before, 200, (was) =>
          expectResponse(after, 200, (is) =>
            ['accessIPv4', 'accessIPv6', 'metadata', 'flavor', 'hostId', 'created'].flatMap((name) =>
              expectValue(is, `/server/${name}`, atPointer(bodyOf(was), `/server/${name}`) ?? null),
            ),
          ),
        ),
        ...expectResponse(before, 200, (was) => expectValue(was, '/server/accessIPv4', address)),
      ];
    },
  },
  {
    id: `${update}#trims-the-name`,
    statement: 'A name with blanks at its ends MUST be stored without them.',
    quotes: [changing('A name loses the blanks at its ends.')],
    cases: 'once',
    killedBy: ['compute:update-keeps-blanks'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      return expectResponse(await rename(ctx, server, `  ${nameOf(ctx)} `), 200, (seen) =>
        expectValue(seen, '/server/name', nameOf(ctx)),
      );
    },
  },
  {
    id: `${update}#takes-the-longest-name`,
    statement: 'A name with 255 characters MUST be accepted, and one with 256 or none MUST be answered with 400.',
    quotes: [changing('A name is from 1 to 255 characters long.')],
    cases: 'once',
    killedBy: ['compute:update-takes-names-of-254', 'compute:update-takes-any-name'],
    check: async (ctx) => {
      const server = await serverToChange(ctx, { state: 'active' });
      const longest = nameOf(ctx).padEnd(255, 'x');
      return [
        ...expectResponse(await rename(ctx, server, longest), 200, (seen) =>
          expectValue(seen, '/server/name', longest),
        ),
        ...expectRefused(await rename(ctx, server, `${longest}x`), 400),
        ...expectRefused(await rename(ctx, server, ''), 400),
        ...expectResponse(await observeServer(ctx, server), 200, (seen) => expectValue(seen, '/server/name', longest)),
      ];
    },
  },
  {
    id: 'compute/delete-server#removes-the-server',
    statement: 'A deleted server MUST be answered with 404, or have the status SOFT_DELETED.',
    quotes: [deleting('A deleted server is not found any more, or is deleted softly where the cloud does that.')],
    killedBy: ['compute/delete-server:skip-effect'],
    check: judgeAccepted(deleteServer, {}, ({ shown }) =>
      statusOf(shown) === 404
        ? []
        : expectResponse(shown, 200, (seen) => expectValue(seen, '/server/status', 'SOFT_DELETED')),
    ),
  },
  {
    id: 'compute/delete-server#leaves-the-lists',
    statement: 'A server that was deleted for good MUST NOT be in the list of servers.',
    quotes: [deleting('A server that was deleted for good is in no list of the servers of its project.')],
    killedBy: ['compute:deleted-servers-are-listed'],
    check: judgeAccepted(deleteServer, {}, ({ id, shown, listed }) =>
      statusOf(shown) === 200
        ? []
        : expectResponse(listed, 200, (seen) =>
            idsIn(seen).flatMap((other, index) => (other === id ? expectValue(seen, `/servers/${index}`, null) : [])),
          ),
    ),
  },
];

export const singleServerClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, singleServerOperations),
  ...written,
];

function rename(ctx: CheckContext, server: Named, name: string): Promise<Exchange> {
  return updateServer.send(ctx, { server }, { members: { '/server/name': name } });
}
