/**
 * The action log of a server, as the API shows it.
 */

import { includes, range } from '../../../src/microversion.ts';
import { type Field, represent } from '../kernel/fields.ts';
import { json, type JsonObject, type SimResponse } from '../kernel/http.ts';
import { notFound } from '../kernel/refusal.ts';
import type { Route } from '../kernel/router.ts';
import type { ComputeCall, ComputeHandle } from './call.ts';
import { permittedServer, rememberedServer } from './lookup.ts';
import { isAllowed } from './policy.ts';
import { hostId, micros } from './servers/view.ts';
import type { Action, ActionEvent, Server } from './state.ts';

interface ActionSubject {
  readonly server: Server;
  readonly action: Action;
}

const fields: readonly Field<ActionSubject>[] = [
  { name: 'action', value: ({ action }) => action.action },
  { name: 'instance_uuid', value: ({ server }) => server.id },
  { name: 'request_id', value: ({ action }) => action.requestId },
  { name: 'user_id', value: ({ action }) => action.userId },
  { name: 'project_id', value: ({ action }) => action.projectId },
  { name: 'start_time', value: ({ action }) => micros(action.startTime) },
  { name: 'message', value: ({ action }) => action.message },
  { name: 'updated_at', range: range('2.58-'), value: ({ action }) => micros(action.updatedAt) },
];

const eventsForAll = range('2.51-');

/** From here on the log of a deleted server can be read. */
const readableAfterDeletion = range('2.21-');

const eventFields: readonly Field<{
  readonly call: ComputeCall;
  readonly server: Server;
  readonly event: ActionEvent;
}>[] = [
  { name: 'event', value: ({ event }) => event.event },
  { name: 'start_time', value: ({ event }) => micros(event.startTime) },
  { name: 'finish_time', value: ({ event }) => micros(event.finishTime) },
  { name: 'result', value: ({ event }) => event.result },
  { name: 'traceback', value: ({ call }) => (call.caller.roles.has('admin') ? null : undefined) },
  {
    name: 'host',
    range: range('2.62-'),
    value: ({ call, event }) => (call.caller.roles.has('admin') ? event.host : undefined),
  },
  {
    name: 'hostId',
    range: range('2.62-'),
    value: ({ server, event }) => hostId({ host: event.host, projectId: server.projectId }),
  },
  {
    name: 'details',
    range: range('2.84-'),
    value: ({ call }) => (call.caller.roles.has('admin') ? null : undefined),
  },
];

const collection = '/servers/:server_id/os-instance-actions';

export const instanceActionRoutes: readonly Route<ComputeHandle>[] = [
  { operation: 'compute/list-actions-for-server', method: 'GET', path: collection, handle: { answer: list } },
  {
    operation: 'compute/show-server-action-details',
    method: 'GET',
    path: `${collection}/:request_id`,
    handle: { answer: show },
  },
];

function list(call: ComputeCall): SimResponse {
  const server = serverOf(call, 'os-instance-actions:list');
  const newestFirst = server.actions.toReversed();
  return json(200, { instanceActions: newestFirst.map((action) => represent(fields, { server, action }, call.at)) });
}

function show(call: ComputeCall): SimResponse {
  const server = serverOf(call, 'os-instance-actions:show');
  const id = call.params.request_id ?? '';
  const action = server.actions.find(({ requestId }) => requestId === id);
  if (!action) throw notFound(`Action ${id} not found`);
  const shown = represent(fields, { server, action }, call.at);
  return json(200, { instanceAction: { ...shown, ...events(call, server, action) } });
}

function serverOf(call: ComputeCall, rule: string): Server {
  return includes(readableAfterDeletion, call.at) ? rememberedServer(call, rule) : permittedServer(call, rule);
}

function events(call: ComputeCall, server: Server, action: Action): JsonObject {
  const showsEvents =
    includes(eventsForAll, call.at) || isAllowed(call.cloud, call.caller, 'os-instance-actions:events', undefined);
  if (!showsEvents) return {};
  return {
    events: action.events.toReversed().map((event) => represent(eventFields, { call, server, event }, call.at)),
  };
}
