/**
 * Deviations in what comes of odd input: it breaks the service, or is refused in another way, or not at all.
 */

import { unforeseen } from '../compute/errors.ts';
import { decodedQuery } from '../compute/query.ts';
import type { Fault } from './fault.ts';
import { isObject, type Json, json, member, type SimRequest, textMember } from '../http.ts';
import { isUuidLike } from '../shape.ts';
import { type ActName, bodyOf, wordsOf } from './acts.ts';
import { quirk } from './of-attachments.ts';
import { compute, gateShut, onAct, protocol } from './of-compute.ts';

export const oddInputFaults: readonly Fault[] = [
  ...(['list', 'show', 'attach', 'update', 'detach'] as const).map(stumbles),
  ...(['list', 'attach'] as const).map((act) => breaksOverIds(act, 'server')),
  ...(['show', 'update', 'detach'] as const).map((act) => breaksOverIds(act, 'volume')),
  ...(['attach', 'update', 'swap'] as const).map(breaksOverBodies),
  ...(['attach', 'update'] as const).map(breaksOverMembers),
  ...(['list', 'show'] as const).map(breaksOverQueries),
  ...(['show', 'attach', 'update', 'swap', 'detach'] as const).map(passesOverQueries),
  breaks('attach', 'odd-tags', 'a tag beyond ASCII', (request) => /[^\x20-\x7e]/.test(textOf(request, 'tag'))),
  breaks('attach', 'odd-devices', 'a device that is not named like a whole disk', (request) => {
    const device = textOf(request, 'device');
    return device !== '' && !/^\/dev\/[a-z]d[a-z]+$/.test(device);
  }),
  quirk('attach-breaks-over-unstorable-texts', 'A tag or a device that no column can hold breaks an attach.', {
    oddTextsCrash: true,
  }),
  quirk('list-breaks-over-odd-numbers', 'Page numbers that fit their pattern and are none break a list.', {
    oddNumbersCrash: true,
  }),
  compute('breaks-over-deeply-nested-bodies', 'A body that is nested too deeply breaks the service.', () => ({
    crashingDepth: 900,
  })),
  protocol('outside', 'breaks-over-undecodable-paths', 'A path that is no UTF-8 breaks the service.', {
    undecodablePaths: 'break',
  }),
];

/** Answers with 500 where `isOdd`. */
function breaks(act: ActName, name: string, what: string, isOdd: (request: SimRequest) => boolean): Fault {
  return onAct(act, `breaks-over-${name}`, `${wordsOf[act]} with ${what} is answered with 500.`, (next) => {
    return (request, cloud) =>
      isOdd(request) ? unforeseen(cloud.behaviour.compute.supportText, 'builtins.ValueError') : next(request, cloud);
  });
}

/** As databases do whose columns are of a type for UUIDs. */
function breaksOverIds(act: ActName, of: 'server' | 'volume'): Fault {
  const what = `an id of a ${of} that is no UUID`;
  return breaks(act, 'odd-ids', what, ({ params }) => !isUuidLike(params[`${of}_id`] ?? ''));
}

function breaksOverBodies(act: ActName): Fault {
  return breaks(act, 'odd-bodies', 'a body that is no object, or has none in it', (request) => {
    const body = bodyOf(request);
    const content = isObject(body) && Object.hasOwn(body, 'volumeAttachment') ? body.volumeAttachment : body;
    return content !== undefined && !isObject(content);
  });
}

/** As a look into a set does. */
function breaksOverMembers(act: ActName): Fault {
  return breaks(act, 'odd-members', 'a list or an object for a member', (request) =>
    Object.values(wantedOf(request)).some((value) => typeof value === 'object' && value !== null),
  );
}

function breaksOverQueries(act: 'list' | 'show'): Fault {
  return breaks(act, 'odd-queries', 'a query that is no UTF-8', (request) => decodedQuery(request) === undefined);
}

function stumbles(act: ActName): Fault {
  const summary = `${wordsOf[act]} for a server id that is no UUID is answered with 400.`;
  return onAct(act, 'stumbles-over-odd-server-ids', summary, (next) => async (request, cloud) => {
    const reply = await next(request, cloud);
    if (reply.status !== 404 || isUuidLike(request.params.server_id ?? '')) return reply;
    return json(400, { badRequest: { code: 400, message: 'Invalid server id.' } }, reply.headers);
  });
}

function passesOverQueries(act: 'show' | 'attach' | 'update' | 'swap' | 'detach'): Fault {
  const summary = `${wordsOf[act]} with an unknown query parameter is taken at every microversion.`;
  return gateShut(`${act}-passes-over-queries`, summary, `strict-${act}-query`);
}

function wantedOf(request: SimRequest): Readonly<Record<string, Json>> {
  const wanted = member(bodyOf(request), 'volumeAttachment');
  return isObject(wanted) ? wanted : {};
}

function textOf(request: SimRequest, name: string): string {
  return textMember(wantedOf(request), name) ?? '';
}
