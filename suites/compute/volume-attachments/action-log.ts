/** Clauses on the action log of a server: it contains accepted attaches and detaches by their request ids. */
import type { Exchange } from '../../../src/client/exchange.ts';
import { timeouts } from '../../../src/execution/timeouts.ts';
import { bodyOf, responseOf, type Checked } from '../../../src/clauses/checked.ts';
import { expectStatus, headerValue } from '../../../src/clauses/matchers.ts';
import { statusOf } from '../../../src/execution/poll.ts';
import type { CheckContext } from '../../../src/clauses/check-context.ts';
import type { Finding } from '../../../src/clauses/verdict.ts';
import type { WrittenClause } from '../../../src/clauses/written.ts';
import { atPointer, jsonList } from '../../../src/json.ts';
import { formatMicroversion } from '../../../src/microversion.ts';
import { fixtures } from '../fixtures.ts';
import type { Server } from '../server.ts';
import { attachStatus, eventuallyAttached, eventuallyDetached } from '../observe-attachments.ts';
import { attach, detach } from './calls.ts';
import { goodBehaviour } from '../rules/sections.ts';

const quotes = [
  goodBehaviour(
    'An accepted attach or detach is among the actions of its server, under its request id, with events that succeed.',
  ),
] as const;

/** Before 2.51 only administrators see events. */
const shown = { range: '2.51-', cases: 'once', quotes } as const;

export const actionLogClauses: readonly WrittenClause[] = [
  {
    ...shown,
    id: 'compute/attach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted attach SHOULD be among the actions of its server, with events that succeed.',
    killedBy: ['compute:attach-leaves-no-action', 'compute:attach-leaves-no-event'],
    check: async (ctx) => {
      const [server, volume] = await Promise.all([fixtures(ctx).server(), fixtures(ctx).volume()]);
      const reply = await attach(ctx, server, volume);
      const refused = expectStatus(reply, attachStatus(ctx));
      if (refused.length > 0) return refused;
      const findings = await eventuallyAttached(ctx, server, volume);
      return findings.length > 0 ? findings : eventuallyLogged(ctx, server, reply, 'attach_volume');
    },
  },
  {
    ...shown,
    id: 'compute/detach-volume#is-among-the-actions-of-the-server',
    statement: 'An accepted detach SHOULD be among the actions of its server, with events that succeed.',
    killedBy: ['compute:detach-leaves-no-action', 'compute:detach-leaves-no-event'],
    check: async (ctx) => {
      const { server, volume } = await fixtures(ctx).attachment();
      const reply = await detach(ctx, server, volume);
      const refused = expectStatus(reply, 202);
      if (refused.length > 0) return refused;
      const findings = await eventuallyDetached(ctx, server, volume);
      return findings.length > 0 ? findings : eventuallyLogged(ctx, server, reply, 'detach_volume');
    },
  },
];

/** The log contains the action of the request, and each of its events has succeeded. */
function eventuallyLogged(
  ctx: CheckContext,
  server: Pick<Server, 'id'>,
  reply: Exchange,
  action: string,
): Promise<readonly Finding[]> {
  const id = headerValue(responseOf(reply).headers, 'x-openstack-request-id') ?? 'none';
  return ctx.eventually({
    look: () =>
      ctx.send({
        service: 'compute',
        method: 'GET',
        path: `/servers/${server.id}/os-instance-actions/${id}`,
        microversion: formatMicroversion(ctx.microversion),
        purpose: 'observation',
      }),
    until: (seen) => {
      const results = resultsIn(seen);
      return nameIn(seen) === action && results.length > 0 && results.every((result) => result === 'Success');
    },
    expected: `the action ${action}, with events that succeed`,
    seen: (last) =>
      statusOf(last) === 200
        ? `the action ${String(nameIn(last))}, with the results ${JSON.stringify(resultsIn(last))}`
        : `status ${statusOf(last) ?? 'none'}`,
    timeoutMs: timeouts.attachment,
  });
}

function nameIn(seen: Checked): unknown {
  return atPointer(bodyOf(seen), '/instanceAction/action');
}

function resultsIn(seen: Checked): readonly unknown[] {
  const events = jsonList(atPointer(bodyOf(seen), '/instanceAction/events'));
  return events.map((event) => atPointer(event, '/result') ?? null);
}
