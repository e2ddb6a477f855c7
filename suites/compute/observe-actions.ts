/** Observations of the action log of a server. */
import type { Exchange } from '../../src/client/exchange.ts';
import { bodyOf, responseOf, type Checked } from '../../src/clauses/checked.ts';
import type { CheckContext } from '../../src/clauses/check-context.ts';
import type { Named } from '../../src/clauses/define-operation.ts';
import { headerValue } from '../../src/clauses/matchers.ts';
import type { Finding } from '../../src/clauses/verdict.ts';
import { statusOf } from '../../src/execution/poll.ts';
import { timeouts } from '../../src/execution/timeouts.ts';
import { atPointer, jsonList } from '../../src/json.ts';
import { compareMicroversions, formatMicroversion, microversion } from '../../src/microversion.ts';

/** Before it only administrators see events. */
export const eventsShown = '2.51';

/**
 * The log contains the action of the request, and each of its events has succeeded. Findings are none at microversions
 * that do not show events.
 */
export async function eventuallyLogged(
  ctx: CheckContext,
  server: Named,
  response: Exchange,
  action: string,
): Promise<readonly Finding[]> {
  if (compareMicroversions(ctx.microversion, microversion(eventsShown)) < 0) return [];
  const id = headerValue(responseOf(response).headers, 'x-openstack-request-id') ?? 'none';
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
