/** The resource type of security groups, and how a run creates them. */
import { statusOf } from '../../src/execution/poll.ts';
import type { RunContext } from '../../src/execution/run-context.ts';
import { sendRequest } from '../../src/execution/send-request.ts';
import { createResource, unreached, type ResourceKind } from '../../src/resources/resource-type.ts';
import { networkType, service } from './network-type.ts';

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
}

export const securityGroup: ResourceKind = networkType({
  ...{ type: 'security-group', path: '/v2.0/security-groups', key: 'security_groups' },
  ...{ removalOrder: 4, command: 'security group delete' },
});

/** @throws Unreached */
export async function createSecurityGroup(run: RunContext, label: string): Promise<SecurityGroup> {
  const { id, name } = await createResource(run, {
    ...{ kind: securityGroup, label, key: 'security_group' },
    request: (wanted) => ({
      ...{ service, method: 'POST', path: '/v2.0/security-groups' },
      body: { security_group: { name: wanted } },
    }),
  });
  return { id, name };
}

/** Two security groups with one name. @throws Unreached */
export async function createTwins(run: RunContext, label: string): Promise<SecurityGroup> {
  const { name } = await createSecurityGroup(run, label);
  const { id } = await createSecurityGroup(run, label);
  const response = await sendRequest(run, {
    ...{ service, method: 'PUT', path: `/v2.0/security-groups/${id}`, purpose: 'preparation' },
    body: { security_group: { name } },
  });
  if (statusOf(response) !== 200) throw unreached('two security groups of one name', response);
  return { id, name };
}
