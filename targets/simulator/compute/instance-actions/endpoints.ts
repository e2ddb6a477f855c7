/**
 * The action log of a server, as the API shows it.
 *
 * Read from os-instance-actions.inc, and from the history of the API at 2.21, 2.51, 2.58, 2.62, 2.66 and 2.84.
 */

import { range } from '../../../../src/microversion.ts';
import { at, type Endpoint, isOpen, type Lookup, query, type Shown } from '../../kernel/endpoint.ts';
import { type Field, represent } from '../../kernel/fields.ts';
import { badRequest, notFound, type Refusal } from '../../kernel/refusal.ts';
import type { Property } from '../../kernel/shape.ts';
import { collectionOf, policyOn } from '../below-server.ts';
import type { ComputeCall } from '../call.ts';
import { serverNotFound } from '../lookup.ts';
import { type Of, type OnServer, server, unknownServer } from '../on-server.ts';
import { limitOf, nextPage, wrongPeriod } from '../paging.ts';
import { isAllowed } from '../policy.ts';
import { computeEndpoint } from '../compute-endpoint.ts';
import { hostId, micros } from '../servers/view.ts';
import type { Action, ActionEvent, Server } from '../state.ts';

export interface Logged {
  readonly server: Server;
  readonly action: Action;
}

const collection = collectionOf('os-instance-actions');

/** Deleted servers too; which microversions see them is checked. */
const remembered: Lookup<ComputeCall, Server> = {
  noun: server.noun,
  id: server.id,
  matches: server.matches,
  rows: ({ cloud: { compute } }) => [...compute.servers.values(), ...compute.deletedServers.values()],
  ...(server.sees && { sees: server.sees }),
};

const reading = {
  lookups: { server: remembered },
  gates: { deleted: range('2.21-'), pages: range('2.58-'), 'events-for-all': range('2.51-') },
};

const fields: readonly Field<Shown<ComputeCall, Logged>>[] = [
  { name: 'action', value: ({ item: { action } }) => action.action },
  { name: 'instance_uuid', value: ({ item }) => item.server.id },
  { name: 'request_id', value: ({ item: { action } }) => action.requestId },
  { name: 'user_id', value: ({ item: { action } }) => action.userId },
  { name: 'project_id', value: ({ item: { action } }) => action.projectId },
  { name: 'start_time', value: ({ item: { action } }) => micros(action.startTime) },
  { name: 'message', value: ({ item: { action } }) => action.message },
  { name: 'updated_at', range: range('2.58-'), value: ({ item: { action } }) => micros(action.updatedAt) },
];

type EventField = Field<{ readonly call: ComputeCall; readonly server: Server; readonly event: ActionEvent }>;

const eventFields: readonly EventField[] = [
  { name: 'event', value: ({ event }) => event.event },
  { name: 'start_time', value: ({ event }) => micros(event.startTime) },
  { name: 'finish_time', value: ({ event }) => micros(event.finishTime) },
  { name: 'result', value: ({ event }) => event.result },
  { name: 'traceback', value: ({ call }) => (seesEvents(call) ? null : undefined) },
  { name: 'host', range: range('2.62-'), value: ({ call, event }) => (seesEvents(call) ? event.host : undefined) },
  {
    name: 'hostId',
    range: range('2.62-'),
    value: ({ server: { projectId }, event: { host } }) => hostId({ host, projectId }),
  },
  {
    name: 'details',
    range: range('2.84-'),
    value: ({ call: { cloud, caller } }) =>
      isAllowed(cloud, caller, 'os-instance-actions:events:details', undefined) ? null : undefined,
  },
];

const moment: Property = {
  types: ['string'],
  pattern: '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?)?$',
};

const listActions = computeEndpoint('compute/list-actions-for-server', {
  method: 'GET',
  path: collection,
  query: query(
    {
      limit: at('2.58-', { types: ['string'], pattern: '^[0-9]*$', minLength: 1 }),
      marker: at('2.58-', { types: ['string'] }),
      'changes-since': at('2.58-', moment),
      'changes-before': at('2.66-', moment),
    },
    '2.58-',
  ),
  policy: policyOn('os-instance-actions:list'),
  ...reading,
  checks: ['query', 'server', 'deleted', 'role', 'period', 'marker'],
  refusals: {
    server: unknownServer,
    deleted: deletedTooEarly,
    period: wrongPeriod,
    marker: ({ call, rules, query: { marker }, found }) =>
      marker === undefined ||
      !isOpen(rules, 'pages', call.at) ||
      found.server?.actions.some(({ requestId }) => requestId === marker)
        ? undefined
        : badRequest(`Marker ${marker} could not be found.`),
  },
  listing: {
    noun: 'actions',
    rows: actionsOf,
    page: ({ call, rules, query: asked }, all) => {
      if (!isOpen(rules, 'pages', call.at)) return all;
      const { limit, marker, 'changes-since': since, 'changes-before': before } = asked;
      const changed = all.filter(({ action }) => {
        const time = changedAt(action);
        return (
          (since === undefined || time >= Date.parse(since)) && (before === undefined || time <= Date.parse(before))
        );
      });
      const start = marker === undefined ? 0 : changed.findIndex(({ action }) => action.requestId === marker) + 1;
      return changed.slice(start, start + limitOf(call, limit));
    },
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'instanceActions',
    fields,
    beside: [nextPage('links', ({ action }: Logged) => action.requestId, range('2.58-'))],
  },
});

const showAction = computeEndpoint('compute/show-server-action-details', {
  method: 'GET',
  path: `${collection}/:request_id`,
  query: query({}, '2.102-'),
  policy: policyOn('os-instance-actions:show'),
  ...reading,
  checks: ['query', 'server', 'deleted', 'role', 'action'],
  refusals: {
    server: unknownServer,
    deleted: deletedTooEarly,
    action: (subject) =>
      actionIn(subject) ? undefined : notFound(`Action ${subject.call.params.request_id ?? ''} not found`),
  },
  result: (subject) => {
    const action = actionIn(subject);
    const { server: found } = subject.found;
    if (!found || !action) return undefined;
    const showsEvents = isOpen(subject.rules, 'events-for-all', subject.call.at) || seesEvents(subject.call);
    return { server: found, action, showsEvents };
  },
  success: [{ status: 200, content: 'item' }],
  response: {
    envelope: 'instanceAction',
    fields: [
      ...fields,
      {
        name: 'events',
        value: ({ call, item: { server: of, action, showsEvents } }) =>
          showsEvents
            ? action.events.toReversed().map((event) => represent(eventFields, { call, server: of, event }, call.at))
            : undefined,
      },
    ],
  },
});

export const instanceActionEndpoints: readonly Endpoint[] = [listActions, showAction];

/** Databases store whole seconds. */
export function changedAt({ updatedAt, startTime }: Action): number {
  return Math.floor((updatedAt ?? startTime).getTime() / 1000) * 1000;
}

/** The newest first. */
function actionsOf(call: ComputeCall): readonly Logged[] {
  const id = remembered.id(call, {});
  const found = [...remembered.rows(call)].find((one) => remembered.matches(one, id));
  return found ? found.actions.toReversed().map((action) => ({ server: found, action })) : [];
}

function actionIn({ call, found }: Of<OnServer>): Action | undefined {
  return found.server?.actions.find(({ requestId }) => requestId === call.params.request_id);
}

/** Before 2.21 the log of a deleted server cannot be read. */
function deletedTooEarly({ call, rules, found }: Of<OnServer>): Refusal | undefined {
  const isDeleted = found.server !== undefined && !call.cloud.compute.servers.has(found.server.id);
  return isDeleted && !isOpen(rules, 'deleted', call.at) ? serverNotFound(call) : undefined;
}

function seesEvents({ cloud, caller }: ComputeCall): boolean {
  return isAllowed(cloud, caller, 'os-instance-actions:events', undefined);
}
