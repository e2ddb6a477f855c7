/** Clauses on the deletion of servers that no rule expresses. */
import { judgeAccepted } from '../../../src/clauses/accepted-call.ts';
import { clausesByRules } from '../../../src/clauses/define-rule.ts';
import { expectResponse, expectStatus, expectValue } from '../../../src/clauses/matchers.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import { serverToChange } from '../fixtures/server-in-state.ts';
import { computeRules } from '../rules/index.ts';
import { forceDeleteServer } from '../server-actions/deletion.ts';
import { deleteServer, deleting, idsIn, observeList, singleServerOperations } from './operations.ts';

const written: readonly WrittenClause[] = [
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

export const singleServerClauses: readonly WrittenClause[] = [
  ...clausesByRules(computeRules, singleServerOperations),
  ...written,
];
