/** The resource type of floating addresses, which have a description instead of a name, and how a run creates them. */
import { HarnessError } from '../../src/execution/errors.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { shownIn, bodyOf } from '../../src/clauses/checked.ts';
import { atPointer, jsonText } from '../../src/json.ts';
import { createResource, unreached, type ResourceKind } from '../../src/resources/resource-type.ts';
import { networkType, service } from './network-type.ts';

export interface FloatingIp {
  readonly id: string;
  readonly address: string;
}

const path = '/v2.0/floatingips';

export const floatingIp: ResourceKind = networkType({
  ...{ type: 'floating-ip', path, key: 'floatingips', named: 'description' },
  // A port is not removed while it has one.
  ...{ removalOrder: 2, command: 'floating ip delete' },
});

/** Creates a floating address that no server has. @throws Unreached */
export async function createFloatingIp(run: RunContext, label: string): Promise<FloatingIp> {
  const outside = run.target.fixtures.external_network;
  if (outside === undefined) throw new HarnessError('A floating address needs the fixture external_network.');
  const { id, begun } = await createResource(run, {
    ...{ kind: floatingIp, label, key: 'floatingip' },
    request: (description) => ({
      ...{ service, method: 'POST', path },
      body: { floatingip: { floating_network_id: outside, description } },
    }),
  });
  const found = shownIn(begun.seen);
  const address = found && jsonText(atPointer(bodyOf(found), '/floatingip/floating_ip_address'));
  if (address === undefined) throw unreached('a floating address', begun.seen);
  return { id, address };
}
