/**
 * Faults in the volumes of a server: as it is shown, and when it is deleted.
 */

import type { Fault } from '../../faults/fault.ts';
import { compute } from '../../faults/of-compute.ts';
import { endpointFault, showing } from '../../faults/of-endpoints.ts';
import type { ComputeCall } from '../call.ts';
import type { ServerBehaviour } from '../behaviour.ts';
import type { Server } from '../state.ts';
import { volumesOf } from './view.ts';

const show = 'compute/show-server-details';

type Termination = ServerBehaviour['termination'];

export const serverDefects: readonly Fault[] = [
  endpointFault(
    'compute:server-omits-volume',
    [show, 'compute/list-servers-detailed'],
    'A server shows only the volume that it was booted from.',
    showing<Server>('os-extended-volumes:volumes_attached', (server) => volumesOf(withRootOnly(server))),
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
              includes: ({ call }: { readonly call: ComputeCall }, { projectId }: Server) =>
                projectId === call.caller.projectId,
            },
          }
        : {},
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

function withRootOnly(server: Server): Server {
  return { ...server, mappings: server.mappings.filter(({ bootIndex }) => bootIndex === 0) };
}

function ends(name: string, summary: string, change: Partial<Termination>): Fault {
  return compute(name, summary, ({ servers }) => ({
    servers: { ...servers, termination: { ...servers.termination, ...change } },
  }));
}
