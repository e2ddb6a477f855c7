/**
 * Faults in the effects of attaching, detaching, updating and listing, and in the volumes of a deleted server.
 */

import type { ServerBehaviour } from '../compute/behaviour.ts';
import type { Server } from '../compute/state.ts';
import type { Fault } from './fault.ts';
import { actionLogFaults } from './action-log.ts';
import { attachingFaults } from './attaching.ts';
import { identifierFaults } from './identifiers.ts';
import { listingFaults } from './listing.ts';
import { attachments } from './of-attachments.ts';
import { compute } from './of-compute.ts';
import { updatingFaults } from './updating.ts';

type Termination = ServerBehaviour['termination'];

const detachingFaults: readonly Fault[] = [
  attachments('detach-never-ends', 'The host never disconnects a volume that is being detached.', ({ delays }) => ({
    delays: { ...delays, disconnect: Infinity },
  })),
  attachments('detach-keeps-volume', 'A detach is not reported to the volume service.', ({ detaching }) => ({
    detaching: { ...detaching, releases: false },
  })),
  attachments('detach-leaves-mapping', 'A detached volume stays mapped to its server.', ({ detaching }) => ({
    detaching: { ...detaching, forgets: false },
  })),
];

const serverFaults: readonly Fault[] = [
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

export const changeFaults: readonly Fault[] = [
  ...attachingFaults,
  ...detachingFaults,
  ...updatingFaults,
  ...listingFaults,
  ...identifierFaults,
  ...serverFaults,
  ...actionLogFaults,
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
