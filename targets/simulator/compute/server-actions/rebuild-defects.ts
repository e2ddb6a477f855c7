/**
 * Faults of rebuilds that no operator makes.
 */

import type { Fault } from '../../faults/fault.ts';
import { endpointFault } from '../../faults/of-endpoints.ts';
import type { Of, OnServer } from '../on-server.ts';
import type { Server } from '../state.ts';

type Effect = (subject: Of<OnServer>, item: never) => void;

export const rebuildDefects: readonly Fault[] = [
  rebuilding('rebuild-keeps-the-image', 'A rebuilt server keeps its former image.', (server) => {
    const { imageId } = server;
    return () => (server.imageId = imageId);
  }),
  rebuilding('rebuild-changes-the-flavor', 'A rebuilt server has another flavor.', (server) => () => {
    server.flavor = { ...server.flavor, id: '84', name: 'm1.micro', ram: 128 };
  }),
  rebuilding('rebuild-starts-stopped-servers', 'A stopped server is active after a rebuild.', (server) => () => {
    if (server.vmState === 'stopped') server.vmState = 'active';
  }),
];

/** `before` returns what follows the accepted request. */
function rebuilding(name: string, summary: string, before: (server: Server) => () => void): Fault {
  return endpointFault(`compute:${name}`, ['compute/rebuild-server'], summary, ({ effect = () => undefined }) => ({
    effect: (subject: Of<OnServer>, item: never): void => {
      const after = subject.found.server && before(subject.found.server);
      (effect as Effect)(subject, item);
      after?.();
    },
  }));
}
