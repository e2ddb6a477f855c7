/**
 * Deviations in what the log of a server's actions tells of attachments.
 */

import type { Fault } from './fault.ts';
import { json, member, type Json, type JsonObject, type SimResponse } from '../http.ts';
import { bodyOf } from './acts.ts';

export const actionLogFaults: readonly Fault[] = (['attach', 'detach'] as const).flatMap((act) => [
  logged(act, 'leaves-no-action', 'is not in the log', ({ headers }, id) =>
    json(404, { itemNotFound: { code: 404, message: `Action ${id} could not be found.` } }, headers),
  ),
  logged(act, 'leaves-no-event', 'is in the log without an event', (reply) => {
    const action = member(bodyOf(reply), 'instanceAction') as JsonObject;
    return json(reply.status, { instanceAction: { ...action, events: [] as Json } }, reply.headers);
  }),
]);

function logged(
  act: 'attach' | 'detach',
  name: string,
  what: string,
  change: (reply: SimResponse, id: string) => SimResponse,
): Fault {
  return {
    id: `compute:${act}-${name}`,
    summary: `${act === 'attach' ? 'An attach' : 'A detach'} ${what}.`,
    kind: 'tamper',
    operations: ['compute/show-server-action'],
    tamper: (next) => async (request, cloud) => {
      const reply = await next(request, cloud);
      const action = member(member(bodyOf(reply), 'instanceAction'), 'action');
      return action === `${act}_volume` ? change(reply, request.params.request_id ?? '') : reply;
    },
  };
}
