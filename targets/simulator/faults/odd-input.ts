/**
 * Faults in the handling of odd input: it causes a 500, is refused in another way, or is accepted.
 */

import { unforeseen } from '../compute/errors.ts';
import { decodedQuery } from '../compute/query.ts';
import type { Fault } from './fault.ts';
import { isObject, type Json, json, member, type SimRequest, textMember } from '../kernel/http.ts';
import { isUuidLike } from '../kernel/shape.ts';
import { type ActionName, bodyOf, wordsOf } from './acts.ts';
import { quirk } from '../compute/volume-attachments/defects/defect.ts';
import { compute, onAction, protocol } from './of-compute.ts';

export const oddInputFaults: readonly Fault[] = [
  ...(['list', 'show', 'attach', 'update', 'detach'] as const).map(stumbles),
  ...(['list', 'attach'] as const).map((action) => breaksOverIds(action, 'server')),
  ...(['show', 'update', 'detach'] as const).map((action) => breaksOverIds(action, 'volume')),
  ...(['attach', 'update', 'swap'] as const).map(breaksOverBodies),
  ...(['attach', 'update'] as const).map(breaksOverMembers),
  ...(['list', 'show'] as const).map(breaksOverQueries),
  breaks('attach', 'odd-tags', 'a non-ASCII tag', (request) => /[^\x20-\x7e]/.test(textOf(request, 'tag'))),
  breaks('attach', 'odd-devices', 'a device that is not the name of a whole disk', (request) => {
    const device = textOf(request, 'device');
    return device !== '' && !/^\/dev\/[a-z]d[a-z]+$/.test(device);
  }),
  quirk(
    'attach-breaks-over-unstorable-texts',
    'A tag or a device that no database column can store causes a 500 of an attach.',
    {
      oddTextsCrash: true,
    },
  ),
  compute(
    'list-breaks-over-odd-numbers',
    'Page numbers that match their pattern but are not numbers cause a 500 of a list.',
    () => ({ oddPageNumbers: 'crash' }),
  ),
  compute('breaks-over-deeply-nested-bodies', 'A body that is nested too deeply causes a 500.', () => ({
    crashingDepth: 900,
  })),
  protocol('outside', 'breaks-over-undecodable-paths', 'A path that is not UTF-8 causes a 500.', {
    undecodablePaths: 'break',
  }),
];

/** Responds with 500 to requests for which `isOdd`. */
function breaks(action: ActionName, name: string, what: string, isOdd: (request: SimRequest) => boolean): Fault {
  return onAction(action, `breaks-over-${name}`, `${wordsOf[action]} with ${what} causes a 500.`, (next) => {
    return (request, cloud) =>
      isOdd(request) ? unforeseen(cloud.behaviour.compute.supportText, 'builtins.ValueError') : next(request, cloud);
  });
}

/** As databases whose columns have a UUID type do. */
function breaksOverIds(action: ActionName, of: 'server' | 'volume'): Fault {
  const what = `a ${of} id that is not a UUID`;
  return breaks(action, 'odd-ids', what, ({ params }) => !isUuidLike(params[`${of}_id`] ?? ''));
}

function breaksOverBodies(action: ActionName): Fault {
  return breaks(action, 'odd-bodies', 'a body that is not an object or contains none', (request) => {
    const body = bodyOf(request);
    const content = isObject(body) && Object.hasOwn(body, 'volumeAttachment') ? body.volumeAttachment : body;
    return content !== undefined && !isObject(content);
  });
}

/** As a lookup in a set does. */
function breaksOverMembers(action: ActionName): Fault {
  return breaks(action, 'odd-members', 'a list or an object as a member', (request) =>
    Object.values(wantedOf(request)).some((value) => typeof value === 'object' && value !== null),
  );
}

function breaksOverQueries(action: 'list' | 'show'): Fault {
  return breaks(action, 'odd-queries', 'a query that is not UTF-8', (request) => decodedQuery(request) === undefined);
}

function stumbles(action: ActionName): Fault {
  const summary = `${wordsOf[action]} with a server id that is not a UUID is refused with 400.`;
  return onAction(action, 'stumbles-over-odd-server-ids', summary, (next) => async (request, cloud) => {
    const reply = await next(request, cloud);
    if (reply.status !== 404 || isUuidLike(request.params.server_id ?? '')) return reply;
    return json(400, { badRequest: { code: 400, message: 'Invalid server id.' } }, reply.headers);
  });
}

function wantedOf(request: SimRequest): Readonly<Record<string, Json>> {
  const wanted = member(bodyOf(request), 'volumeAttachment');
  return isObject(wanted) ? wanted : {};
}

function textOf(request: SimRequest, name: string): string {
  return textMember(wantedOf(request), name) ?? '';
}
