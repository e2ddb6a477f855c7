/**
 * Faults in the volumes of a server: as it is shown, and when it is deleted.
 */

import type { Fault } from '../../faults/fault.ts';
import { compute } from '../../faults/of-compute.ts';
import { endpointFault, type RulesChange, showing } from '../../faults/of-endpoints.ts';
import { textMember } from '../../kernel/http.ts';
import type { ComputeCall } from '../call.ts';
import type { ServerBehaviour } from '../behaviour.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server } from '../state.ts';
import { volumesOf } from './view.ts';

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
  endpointFault(
    'compute:deleted-servers-are-listed',
    ['compute/list-servers'],
    'A list has deleted servers.',
    ({ listing }) =>
      listing
        ? {
            listing: {
              ...listing,
              rows: ({ cloud }: ComputeCall) => [
                ...cloud.compute.servers.values(),
                ...cloud.compute.deletedServers.values(),
              ],
            },
          }
        : {},
  ),
  endpointFault(
    'compute:update-resets-the-addresses',
    [update],
    'An update without an address removes it.',
    after(({ wanted }, server) => (server.accessIPv4 = textMember(wanted, 'accessIPv4') ?? '')),
  ),
  endpointFault(
    'compute:update-keeps-blanks',
    [update],
    'An update stores the blanks at the ends of a name.',
    after(({ wanted }, server) => (server.name = textMember(wanted, 'name') ?? server.name)),
  ),
  endpointFault('compute:update-takes-names-of-254', [update], 'A name has at most 254 characters.', lengths(1, 254)),
  endpointFault('compute:update-takes-any-name', [update], 'A name may have any length.', lengths(0, 1000)),
  ends('termination-keeps-volume', 'Deleting a server keeps volumes that should be deleted with it.', {
    deletes: () => false,
  }),
  ends('termination-deletes-volume', 'Deleting a server deletes all its volumes.', { deletes: () => true }),
  ends('termination-keeps-attachment', 'The volumes of a deleted server stay attached to it.', { releases: false }),
  ends('update-not-obeyed', 'Deleting a server uses the flags as they were when the volumes were attached.', {
    deletes: ({ firstFlag }) => firstFlag,
  }),
];

/** Runs after the effect of an accepted request. */
function after(change: (subject: Of<OnServer>, server: Server) => void): RulesChange {
  return ({ effect }) => ({
    effect: (subject, item) => {
      effect?.(subject, item);
      change(subject as Of<OnServer>, item);
    },
  });
}

/** The length of the name of an updated server. */
function lengths(minLength: number, maxLength: number): RulesChange {
  return ({ body }) => {
    const { server } = body?.shape.properties ?? {};
    const { name } = server?.properties ?? {};
    if (!body || !server || !name) return {};
    const properties = { ...server.properties, name: { ...name, minLength, maxLength } };
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
