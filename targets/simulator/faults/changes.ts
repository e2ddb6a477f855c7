/**
 * Deviations in what attaching, detaching, updating and listing do, and in what becomes of a deleted server's volumes.
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
  attachments('detach-never-ends', 'The host never lets go of a volume that is being detached.', ({ delays }) => ({
    delays: { ...delays, disconnect: Infinity },
  })),
  attachments('detach-keeps-volume', 'The volume service is not told that a volume was detached.', ({ detaching }) => ({
    detaching: { ...detaching, releases: false },
  })),
  attachments('detach-leaves-mapping', 'A detached volume stays mapped to its server.', ({ detaching }) => ({
    detaching: { ...detaching, forgets: false },
  })),
];

const serverFaults: readonly Fault[] = [
  servers('server-omits-volume', 'A server names only the volume that it was booted from.', ({ fields }) => ({
    fields: fields.map((field) =>
      field.name === 'os-extended-volumes:volumes_attached'
        ? { ...field, value: (subject) => field.value({ ...subject, server: withRootOnly(subject.server) }) }
        : field,
    ),
  })),
  ends('termination-keeps-volume', 'Deleting a server keeps volumes that should go with it.', { deletes: () => false }),
  ends('termination-deletes-volume', 'Deleting a server deletes all its volumes.', { deletes: () => true }),
  ends('termination-keeps-attachment', 'The volumes of a deleted server stay attached to it.', { releases: false }),
  ends('update-not-obeyed', 'Deleting a server heeds the flags as they were when the volumes were attached.', {
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
