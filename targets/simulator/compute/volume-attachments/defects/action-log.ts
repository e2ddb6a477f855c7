/**
 * Faults in the entries of a server's action log about attachments.
 */

import type { Fault } from '../../../faults/fault.ts';
import { json, jsonIn, member, type Json, type JsonObject, type SimResponse } from '../../../kernel/http.ts';

export const actionLogFaults: readonly Fault[] = (['attach', 'detach'] as const).flatMap((action) => [
  logged(action, 'leaves-no-action', 'is not in the log', ({ headers }, id) =>
    json(404, { itemNotFound: { code: 404, message: `Action ${id} could not be found.` } }, headers),
  ),
  logged(action, 'leaves-no-event', 'is in the log without an event', (response) => {
    const entry = member(jsonIn(response), 'instanceAction') as JsonObject;
    return json(response.status, { instanceAction: { ...entry, events: [] as Json } }, response.headers);
  }),
]);

function logged(
  action: 'attach' | 'detach',
  name: string,
  what: string,
  change: (response: SimResponse, id: string) => SimResponse,
): Fault {
  return {
    id: `compute:${action}-${name}`,
    summary: `${action === 'attach' ? 'An attach' : 'A detach'} ${what}.`,
    kind: 'tamper',
    operations: ['compute/show-server-action-details'],
    tamper: (next) => async (request, cloud) => {
      const response = await next(request, cloud);
      const loggedName = member(member(jsonIn(response), 'instanceAction'), 'action');
      return loggedName === `${action}_volume` ? change(response, request.params.request_id ?? '') : response;
    },
  };
}
