/**
 * Faults in the volumes of a server: as it is shown, and when it is deleted.
 */

import type { Fault } from '../../faults/fault.ts';
import { compute } from '../../faults/of-compute.ts';
import { endpointFault, type RulesChange, showing } from '../../faults/of-endpoints.ts';
import { microversion } from '../../../../src/microversion.ts';
import type { Shown, Subject } from '../../kernel/endpoint.ts';
import type { Field } from '../../kernel/fields.ts';
import { textMember } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { ServerBehaviour } from '../behaviour.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Shape } from '../../kernel/shape.ts';
import type { Server } from '../state.ts';
import type { Created } from './create.ts';
import { isSelected, selectedPage } from './selection.ts';
import { volumesOf } from './view.ts';

const lists = ['compute/list-servers', 'compute/list-servers-detailed'];
const show = 'compute/show-server-details';
const update = 'compute/update-server';

type Termination = ServerBehaviour['termination'];

export const serverDefects: readonly Fault[] = [
  endpointFault(
    'compute:server-omits-volume',
    [show, 'compute/list-servers-detailed'],
    'A server shows only the volume that it was booted from.',
    showing<Server>('os-extended-volumes:volumes_attached', (server) => volumesOf(withRootOnly(server))),
  ),
  endpointFault(
    'compute:shown-servers-are-active',
    [show],
    'A show has the status and the state of an active server.',
    showing<Server>('status', () => 'ACTIVE'),
  ),
  endpointFault(
    'compute:shown-servers-are-others',
    [show],
    'A show has the name of another server.',
    showing<Server>('name', ({ name }) => `${name}-other`),
  ),
  endpointFault('compute:deleted-servers-are-listed', lists, 'A list has deleted servers.', ({ listing }) =>
    listing
      ? {
          listing: {
            ...listing,
            includes: ({ call }: { readonly call: ComputeCall }, { projectId }: Server) =>
              projectId === call.caller.projectId,
          },
        }
      : {},
  ),
  endpointFault(
    'compute:filters-for-everybody',
    lists,
    'A member may use every filter.',
    selecting((call) => ({
      caller: { ...call.caller, roles: new Set([...call.caller.roles, 'admin']) },
    })),
  ),
  endpointFault(
    'compute:filters-open-early',
    lists,
    'The filters of 2.83 are open to members at every microversion.',
    selecting(() => ({ at: microversion('2.104') })),
  ),
  endpointFault(
    'compute:servers-without-next-page',
    lists,
    'A full page has no link to the next one.',
    ({ response }) => (response ? { response: { ...response, beside: [] } } : {}),
  ),
  endpointFault(
    'compute:next-page-from-the-start',
    lists,
    'The link to the next page leads to the first one.',
    ({ response }) =>
      response
        ? {
            response: {
              ...response,
              beside: (response.beside ?? []).map((field): Field<Shown<never, readonly never[]>> => ({
                ...field,
                value: (shown) => (field.value(shown) === undefined ? undefined : [{ rel: 'next', href: '/servers' }]),
              })),
            },
          }
        : {},
  ),
  endpointFault('compute:oldest-servers-first', lists, 'A list has the oldest server first.', ({ listing }) =>
    listing
      ? {
          listing: {
            ...listing,
            page: (subject: Subject<ComputeCall, unknown>, servers: readonly Server[]) =>
              selectedPage({ ...subject, query: { sort_dir: 'asc', ...subject.query } }, servers),
          },
        }
      : {},
  ),
  endpointFault(
    'compute:lists-have-other-names',
    lists,
    'A list has another name for each server.',
    showing<Server>('name', ({ name }) => `${name}-other`),
  ),
  endpointFault(
    'compute:created-servers-have-no-password',
    ['compute/create-server'],
    'A new server has an empty password.',
    ({ result }) => ({
      result: (subject) => withoutPassword(result?.(subject)),
    }),
  ),
  endpointFault(
    'compute:hostnames-in-capitals',
    ['compute/create-server'],
    'The hostname of a new server has the letters of its name.',
    changingNew((server) => (server.hostname = server.name)),
  ),
  endpointFault(
    'compute:several-servers-with-one-name',
    ['compute/create-multiple-servers'],
    'Servers that are created together have one name.',
    changingNew((server) => (server.name = server.name.replace(/-\d+$/, ''))),
  ),
  endpointFault(
    'compute:update-resets-the-addresses',
    [update],
    'An update without an address removes it.',
    after(({ wanted }, server) => (server.accessIPv4 = textMember(wanted, 'accessIPv4') ?? '')),
  ),
  endpointFault(
    'compute:update-takes-blanks',
    [update],
    'A name may have blanks at its ends.',
    names({ pattern: '.' }),
  ),
  endpointFault(
    'compute:update-takes-names-of-254',
    [update],
    'A name has at most 254 characters.',
    names({ maxLength: 254 }),
  ),
  endpointFault(
    'compute:update-takes-any-name',
    [update],
    'A name may have any length.',
    names({ minLength: 0, maxLength: 1000, pattern: '' }),
  ),
  ends('termination-keeps-volume', 'Deleting a server keeps volumes that should be deleted with it.', {
    deletes: () => false,
  }),
  ends('termination-deletes-volume', 'Deleting a server deletes all its volumes.', { deletes: () => true }),
  ends('termination-keeps-attachment', 'The volumes of a deleted server stay attached to it.', { releases: false }),
  ends('update-not-obeyed', 'Deleting a server uses the flags as they were when the volumes were attached.', {
    deletes: ({ firstFlag }) => firstFlag,
  }),
];

/** Selects the servers of a list as for another caller of the same project, or at another microversion. */
function selecting(change: (call: ComputeCall) => Partial<ComputeCall>): RulesChange {
  return ({ listing }) =>
    listing
      ? {
          listing: {
            ...listing,
            includes: (subject: Subject<ComputeCall, unknown>, server: Server) =>
              isSelected({ ...subject, call: { ...subject.call, ...change(subject.call) } }, server),
          },
        }
      : {};
}

/** Changes each new server before it is built. */
function changingNew(change: (server: Server) => void): RulesChange {
  return ({ effect }) => ({
    effect: (subject, item) => {
      for (const server of (item as Created).servers) change(server);
      effect?.(subject, item);
    },
  });
}

function withoutPassword(created: unknown): unknown {
  return created === undefined ? undefined : { ...(created as Created), password: '' };
}

/** Runs after the effect of an accepted request. */
function after(change: (subject: Of<OnServer>, server: Server) => void): RulesChange {
  return ({ effect }) => ({
    effect: (subject, item) => {
      effect?.(subject, item);
      change(subject, item);
    },
  });
}

/** Other limits of the name of an updated server. */
function names(limits: Shape): RulesChange {
  return ({ body }) => {
    const { server } = body?.shape.properties ?? {};
    const { name } = server?.properties ?? {};
    if (!body || !server || !name) return {};
    const properties = { ...server.properties, name: { ...name, ...limits } };
    return {
      body: { ...body, shape: { ...body.shape, properties: { server: { ...server, properties } } } },
    };
  };
}

function withRootOnly(server: Server): Server {
  return { ...server, mappings: server.mappings.filter(({ bootIndex }) => bootIndex === 0) };
}

function ends(name: string, summary: string, change: Partial<Termination>): Fault {
  return compute(name, summary, ({ servers }) => ({
    servers: { ...servers, termination: { ...servers.termination, ...change } },
  }));
}
