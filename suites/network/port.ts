/** The resource type of ports, which a server may get, and how a run creates them. */
import { createResource, type ResourceKind } from '../../src/resources/resource-type.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { networkType, service } from './network-type.ts';

export interface Port {
  readonly id: string;
  readonly name: string;
}

export const port: ResourceKind = networkType({
  ...{ type: 'port', path: '/v2.0/ports', key: 'ports', removalOrder: 3, command: 'port delete' },
});

/** Creates a port that no server has. @throws Unreached */
export async function createPort(run: RunContext, label: string): Promise<Port> {
  const { id, name } = await createResource(run, {
    ...{ kind: port, label, key: 'port' },
    request: (wanted) => ({
      ...{ service, method: 'POST', path: '/v2.0/ports' },
      body: { port: { name: wanted, network_id: run.target.fixtures.port_network ?? '' } },
    }),
  });
  return { id, name };
}
