/** Clauses on single servers that no rule expresses. */
import { isSince } from '../../../src/microversion.ts';
import { acceptedCall, judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { bodyOf, expectResponse, expectStatus, expectValue, type Checked } from '../../../src/clauses/matchers.ts';
import type { DeclaredOperation } from '../../../src/clauses/define-operation.ts';
import { recipeOf } from '../../../src/clauses/derive-recipe.ts';
import { recipeFor } from '../../../src/clauses/recipe.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { atPointer } from '../../../src/json.ts';
import { serverToChange, serverToKeep } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { filterClauses } from './filters.ts';
import { idsIn, observeList } from './listed.ts';
import { listingClauses } from './listing.ts';
import { creatingClauses } from './creating.ts';
import { creatingSeveral } from './creating-several.ts';
import { serverOperations } from './declared.ts';
import { listServersInDetail } from './lists.ts';
import { updatingClauses } from './updating.ts';
import { forceDeleteServer } from '../server-actions/deletion.ts';
import { deleteServer, deleting, showing, showServer, updateServer } from './operations.ts';

const show = 'compute/show-server-details';
const hostname = '/server/OS-EXT-SRV-ATTR:hostname';

/** Why a server could not be started. */
function showsTheFault(operation: DeclaredOperation): WrittenClause {
  const { id, noun } = operation;
  const isList = operation.id === listServersInDetail.id;
  const parent = isList ? '/servers/0' : '/server';
  const place = isList ? '/servers/[]/fault' : '/server/fault';
  return {
    id: `${id}#shows-the-fault`,
    about: [`response ${place}`],
    statement: `${noun} that could not be started MUST be answered with the status ERROR and a fault with the code 500, and of one without an error with none.`,
    quotes: [
      showing(
        'A server that could not be started has the status ``ERROR`` and shows as its fault the code 500, a message and the time.',
      ),
      showing('A server without an error shows no fault.'),
    ],
    ...(id === updateServer.id && { range: '2.75-' }),
    killedBy: [`${id}:drop-field:fault`, `${id}:null-field:fault`],
    check: async (ctx) => {
      const recipe = recipeOf(operation);
      const { response } = await acceptedCall(ctx, id, recipeFor(recipe, place));
      const { response: other } = await acceptedCall(ctx, id, recipe);
      return [
        ...expectResponse(response, 200, (seen) => [
          ...expectValue(seen, `${parent}/status`, 'ERROR'),
          ...expectValue(seen, `${parent}/fault/code`, 500),
        ]),
        ...expectResponse(other, 200, (seen) => expectNone(seen, `${parent}/fault`)),
      ];
    },
  };
}

function expectNone(shown: Checked, pointer: string): readonly Finding[] {
  const seen = atPointer(bodyOf(shown), pointer);
  return seen === undefined ? [] : [{ kind: 'value', exchange: shown.id, pointer, expected: 'no such member', seen }];
}

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
      const own = await serverToKeep(ctx, { state: 'active' });
      return expectResponse(await showServer.send(ctx, { server: own }), 200, (seen) => [
        ...expectValue(seen, '/server/id', own.id),
        ...expectValue(seen, '/server/name', own.name),
        ...expectValue(seen, '/server/status', 'ACTIVE'),
      ]);
    },
  },
  ...[listServersInDetail, showServer, updateServer].map(showsTheFault),
  {
    id: 'compute/show-server-details#shows-the-hostname-to-everybody',
    statement: 'A server MUST be shown with its hostname to a member of the project from 2.90 on, and not before.',
    quotes: [
      showing(
        'The hostname of a server is shown to everybody since microversion 2.90, and to administrators only before.',
      ),
    ],
    range: '2.3-',
    cases: 'boundaries',
    killedBy: [`${show}:drop-field:OS-EXT-SRV-ATTR:hostname`, `${show}:reveal-field:OS-EXT-SRV-ATTR:hostname`],
    check: (ctx) =>
      judgeAccepted(showServer, {}, (_, shown) => {
        const isShown = isSince(ctx.microversion, '2.90');
        const seen = atPointer(bodyOf(shown), hostname);
        return (seen !== undefined) === isShown
          ? []
          : [
              {
                kind: 'value',
                exchange: shown.id,
                pointer: hostname,
                expected: isShown ? 'a hostname' : 'none',
                seen: seen ?? null,
              },
            ];
      })(ctx),
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
    cases: 'once',
    killedBy: ['compute:deleted-servers-are-listed'],
    check: async (ctx) => {
      const { makeDirty, ...server } = await serverToChange(ctx, { state: 'active' });
      makeDirty();
      const response = await deleteServer.send(ctx, { server });
      const incomplete = (await deleteServer.effect?.(ctx, { server })) ?? [];
      // Where servers are deleted softly, this one is deleted for good now.
      await forceDeleteServer.send(ctx, { server }, { members: { '/forceDelete': null }, purpose: 'preparation' });
      const remaining = (await forceDeleteServer.effect?.(ctx, { server })) ?? [];
      return [
        ...expectStatus(response, 204),
        ...incomplete,
        ...remaining,
        ...expectResponse(await observeList(ctx), 200, (seen) =>
          idsIn(seen).flatMap((id, index) => (id === server.id ? expectValue(seen, `/servers/${index}`, null) : [])),
        ),
      ];
    },
  },
];

export const serverClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, serverOperations),
  ...listingClauses,
  ...filterClauses,
  ...creatingClauses,
  ...creatingSeveral,
  ...updatingClauses,
  ...written,
];
