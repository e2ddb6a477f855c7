/** That what was done to a server can be read in the log of its actions, under the id of the request that did it. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { budgets } from '../../../src/conformance/budgets.ts';
import { bodyOf, responseOf, type Checked } from '../../../src/conformance/checked.ts';
import { expectStatus, headerValue } from '../../../src/conformance/matchers.ts';
import { statusOf } from '../../../src/conformance/poll.ts';
import type { Stage } from '../../../src/conformance/stage.ts';
import type { Finding } from '../../../src/conformance/verdict.ts';
import type { WrittenClause } from '../../../src/conformance/written.ts';
import { atPointer, jsonList } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { given } from '../given.ts';
import type { Server } from '../server.ts';
import { attach, attachStatus, detach, eventuallyAttached, eventuallyDetached } from './operations.ts';
import { goodBehaviour } from './quotes.ts';

const quotes = [
  goodBehaviour(
    'An accepted attach or detach is among the actions of its server, under its request id, with events that succeed.',
  ),
] as const;

/** Before 2.51 events are shown to administrators alone. */
const shown = { range: '2.51-', cases: 'once', quotes } as const;

export const actionLogClauses: readonly WrittenClause[] = [
  {
    ...shown,
    id: 'compute/attach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted attach SHOULD be among the actions of its server, with events that succeed.',
    refutedBy: ['compute:attach-leaves-no-action', 'compute:attach-leaves-no-event'],
    check: async (stage) => {
      const [server, volume] = await Promise.all([given(stage).server(), given(stage).volume()]);
      const reply = await attach(stage, server, volume);
      const refused = expectStatus(reply, attachStatus(stage));
      if (refused.length > 0) return refused;
      const end = await eventuallyAttached(stage, server, volume);
      return end.length > 0 ? end : eventuallyLogged(stage, server, reply, 'attach_volume');
    },
  },
  {
    ...shown,
    id: 'compute/detach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted detach SHOULD be among the actions of its server, with events that succeed.',
    refutedBy: ['compute:detach-leaves-no-action', 'compute:detach-leaves-no-event'],
    check: async (stage) => {
      const { server, volume } = await given(stage).attachment();
      const reply = await detach(stage, server, volume);
      const refused = expectStatus(reply, 202);
      if (refused.length > 0) return refused;
      const end = await eventuallyDetached(stage, server, volume);
      return end.length > 0 ? end : eventuallyLogged(stage, server, reply, 'detach_volume');
    },
  },
];

/** The action of the request is there by its name, and each of its events has succeeded. */
function eventuallyLogged(
  stage: Stage,
  server: Pick<Server, 'id'>,
  reply: Exchange,
  action: string,
): Promise<readonly Finding[]> {
  const id = headerValue(responseOf(reply).headers, 'x-openstack-request-id') ?? 'none';
  return stage.eventually({
    look: () =>
      stage.send({
        service: 'compute',
        method: 'GET',
        path: `/servers/${server.id}/os-instance-actions/${id}`,
        microversion: formatMicroversion(stage.microversion),
        purpose: 'observation',
      }),
    holds: (seen) => {
      const results = resultsIn(seen);
      return nameIn(seen) === action && results.length > 0 && results.every((result) => result === 'Success');
    },
    expected: `the action ${action}, with events that succeed`,
    seen: (last) =>
      statusOf(last) === 200
        ? `the action ${String(nameIn(last))}, with the results ${JSON.stringify(resultsIn(last))}`
        : `status ${statusOf(last) ?? 'none'}`,
    budgetMs: budgets.attachment,
  });
}

function nameIn(seen: Checked): unknown {
  return atPointer(bodyOf(seen), '/instanceAction/action');
}

function resultsIn(seen: Checked): readonly unknown[] {
  const events = jsonList(atPointer(bodyOf(seen), '/instanceAction/events'));
  return events.map((event) => atPointer(event, '/result') ?? null);
}
