/**
 * Faults of the records of migrations that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { besideLinks, endpointFault } from '../../faults/of-endpoints.ts';
import type { EndpointRules, Subject } from '../../kernel/endpoint.ts';
import type { JsonObject } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { Of, OnServer } from '../on-server.ts';
import { type Migration, migrations } from './migrations.ts';

const list = 'compute/list-migrations-in-os-migrations';
const listOfServer = 'compute/list-migrations-in-server-migrations';
const show = 'compute/show-migration-details';

type ListRules = NonNullable<EndpointRules['listing']>;

export const migrationDefects: readonly Fault[] = [
  listing('migrations-oldest-first', list, 'The list of migrations begins with the first one.', (rules) => ({
    ...rules,
    rows: (call: never) => [...rules.rows(call)].reverse(),
  })),
  listing('live-migrations-only-are-listed', list, 'The list of migrations has live ones only.', (rules) => ({
    ...rules,
    rows: (call: never) =>
      ([...rules.rows(call)] as readonly Migration[]).filter(({ type }) => type === 'live-migration'),
  })),
  listing('migrations-from-the-host-only', list, 'A host finds the migrations from it only.', (rules) => ({
    ...rules,
    includes: (subject: Subject<never, unknown>, item: never) =>
      (rules.includes?.(subject, item) ?? true) &&
      (subject.query.host === undefined || subject.query.host === (item as Migration).source),
  })),
  listing('server-migrations-that-have-ended', listOfServer, 'The list has migrations that have ended.', (rules) => ({
    ...rules,
    includes: (subject: Subject<never, unknown>, item: never) =>
      (subject as { readonly call: ComputeCall }).call.params.server_id === (item as Migration).serverId,
  })),
  endpointFault(
    'compute:migrations-without-next-link',
    [list],
    'A list of migrations that has more links to no other page.',
    ({ response }) => (response ? { response: { ...response, beside: [] } } : {}),
  ),
  endpointFault(
    'compute:migrations-link-without-filters',
    [list],
    'The link to the next page of migrations has no filters.',
    besideLinks((links) =>
      (links as readonly JsonObject[]).map((link) => ({
        ...link,
        href: (typeof link.href === 'string' ? link.href : '').replace(/\?.*&(marker=)/, '?limit=1&$1'),
      })),
    ),
  ),
  endpointFault(
    'compute:forced-migrations-end-in-error',
    ['compute/force-migration-complete-action'],
    'A migration that is forced to complete ends in an error, and the server stays.',
    () => ({
      effect: ({ found: { server } }: Of<OnServer>, one: Migration) => {
        one.status = 'error';
        if (server) server.taskState = null;
      },
    }),
  ),
  endpointFault('compute:ended-migrations-have-links', [list], 'Every migration has links.', ({ response }) =>
    response
      ? {
          response: {
            ...response,
            fields: response.fields.map((field) => (field.name === 'links' ? { ...field, value: () => [] } : field)),
          },
        }
      : {},
  ),
  endpointFault(
    'compute:migrations-of-any-server-are-shown',
    [show],
    'A migration is found by its id among those of all servers.',
    ({ refusals, result }) => ({
      refusals: { ...refusals, migration: () => undefined },
      result: (subject: Subject<never, never>) => result?.(subject) ?? named(subject),
    }),
  ),
];

function listing(name: string, operation: string, summary: string, change: (rules: ListRules) => ListRules): Fault {
  return endpointFault(`compute:${name}`, [operation], summary, ({ listing: rules }) =>
    rules ? { listing: change(rules) } : {},
  );
}

function named({ call }: { readonly call: ComputeCall }): Migration | undefined {
  return [...migrations(call.cloud.compute)].find(({ id }) => id === call.params.migration_id);
}
