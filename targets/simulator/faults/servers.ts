/**
 * Faults in the volumes of a server: as it is shown, and when it is deleted.
 */

import type { ServerBehaviour } from '../compute/behaviour.ts';
import type { Server } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import { compute } from './of-compute.ts';

type Termination = ServerBehaviour['termination'];

export const serverFaults: readonly Fault[] = [
  servers('server-omits-volume', 'A server shows only the volume that it was booted from.', ({ fields }) => ({
    fields: fields.map((field) =>
      field.name === 'os-extended-volumes:volumes_attached'
        ? { ...field, value: (subject) => field.value({ ...subject, server: withRootOnly(subject.server) }) }
        : field,
    ),
  })),
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
  return servers(name, summary, ({ termination }) => ({ termination: { ...termination, ...change } }));
}

function servers(name: string, summary: string, change: (rules: ServerBehaviour) => Partial<ServerBehaviour>): Fault {
  return compute(name, summary, (rules) => ({ servers: { ...rules.servers, ...change(rules.servers) } }));
}
