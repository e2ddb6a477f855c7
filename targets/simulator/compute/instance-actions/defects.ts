/**
 * Faults of the recorded actions of servers that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { besideLinks, endpointFault, showing } from '../../faults/of-endpoints.ts';
import type { EndpointRules, Shown, Subject } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { isObject, type Json, type JsonObject } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import { changedAt, type Logged } from './endpoints.ts';
import type { ActionEvent } from '../state.ts';

const list = 'compute/list-actions-for-server';
const show = 'compute/show-server-action-details';

type ListRules = NonNullable<EndpointRules['listing']>;

export const instanceActionDefects: readonly Fault[] = [
  listing('actions-oldest-first', 'The list of actions begins with the first one.', (rules) => ({
    ...rules,
    rows: (call: never) => [...rules.rows(call)].reverse(),
  })),
  listing('actions-of-every-server', 'The list has the actions of every server.', (rules) => ({
    ...rules,
    rows: (call: never) => everyAction(call).reverse(),
  })),
  listing('action-changes-exclude-their-time', 'An action that was changed at the very time is left out.', (rules) => ({
    ...rules,
    page: (subject, items) => {
      const times = [subject.query['changes-since'], subject.query['changes-before']].map((text) =>
        Date.parse(text ?? ''),
      );
      const shown = (rules.page?.(subject, items) ?? []) as readonly Logged[];
      return shown.filter(({ action }) => !times.includes(changedAt(action)));
    },
  })),
  endpointFault(
    'compute:actions-without-next-link',
    [list],
    'A list of actions that has more links to no other page.',
    besideLinks(() => undefined),
  ),
  endpointFault(
    'compute:actions-link-to-the-same-page',
    [list],
    'The link to the next page of actions leads to the first one.',
    besideLinks((links) =>
      (links as readonly JsonObject[]).map(({ href, ...others }) => ({
        ...others,
        href: typeof href === 'string' ? href.replace(/&marker=.*/, '') : (href ?? null),
      })),
    ),
  ),
  endpointFault(
    'compute:listed-actions-have-another-start',
    [list],
    'A list shows the last change of an action as its start.',
    showing('start_time', ({ action }: Logged) => `${(action.updatedAt ?? action.startTime).toISOString()}-osc`),
  ),
  endpointFault(
    'compute:actions-have-messages',
    [show],
    'An action without an error has a message.',
    showing('message', () => 'Success'),
  ),
  endpointFault(
    'compute:any-action-is-shown',
    [show],
    'The last action of the server is shown, whatever the id.',
    () => ({
      result: ({ found }: { readonly found: { readonly server?: Logged['server'] } }) => {
        const action = found.server?.actions.at(-1);
        return found.server && action && { server: found.server, action, showsEvents: true };
      },
    }),
  ),
  endpointFault(
    'compute:actions-of-any-server-are-shown',
    [show],
    'An action is found by its id among those of all servers.',
    ({ refusals, result }) => ({
      refusals: {
        ...refusals,
        action: (subject: Subject<never, never>) => (named(subject) ? undefined : refusals.action?.(subject)),
      },
      result: (subject: Subject<never, never>) => result?.(subject) ?? named(subject),
    }),
  ),
  events('events-without-result', 'An event that has finished has no result.', (event) => ({ ...event, result: null })),
  events('events-of-another-host', 'The host of an event is not that of the server.', (event) => ({
    ...event,
    hostId: 'osc',
  })),
  events('events-show-their-traceback-to-all', 'Everybody sees the tracebacks of events.', (event) => ({
    ...event,
    traceback: null,
  })),
  events('events-show-their-host-to-all', 'Everybody sees the hosts of events.', (event, { host }) => ({
    ...event,
    host,
  })),
  events('events-show-their-details-to-all', 'Everybody sees the details of events.', (event) => ({
    ...event,
    details: null,
  })),
  ...['traceback', 'host', 'details'].map((name) =>
    events(`events-hide-their-${name}`, `Administrators do not see the ${name} of events.`, (event) =>
      Object.fromEntries(Object.entries(event).filter(([one]) => one !== name)),
    ),
  ),
];

function listing(name: string, summary: string, change: (rules: ListRules) => ListRules): Fault {
  return endpointFault(`compute:${name}`, [list], summary, ({ listing: rules }) =>
    rules ? { listing: change(rules) } : {},
  );
}

function everyAction({ cloud: { compute } }: ComputeCall): Logged[] {
  return [...compute.servers.values()].flatMap((server) => server.actions.map((action) => ({ server, action })));
}

/** The action of the request, of any server. */
function named({ call }: { readonly call: ComputeCall }): (Logged & { readonly showsEvents: boolean }) | undefined {
  const found = everyAction(call).find(({ action }) => action.requestId === call.params.request_id);
  return found && { ...found, showsEvents: true };
}

/** Changes each event of an action that is shown. */
function events(
  name: string,
  summary: string,
  change: (event: JsonObject, recorded: ActionEvent) => JsonObject,
): Fault {
  type Shows = Field<Shown<never, never>>;
  const changed = (field: Shows): Shows => ({
    ...field,
    value: (shown) => {
      const value = field.value(shown);
      const { item } = shown as { readonly item: Logged };
      const recorded = item.action.events.toReversed();
      return Array.isArray(value)
        ? (value as readonly Json[]).map((event, index) => {
            const of = recorded[index];
            return isObject(event) && of ? change(event, of) : event;
          })
        : value;
    },
  });
  return endpointFault(`compute:${name}`, [show], summary, ({ response }) =>
    response
      ? {
          response: { ...response, fields: response.fields.map((one) => (one.name === 'events' ? changed(one) : one)) },
        }
      : {},
  );
}
