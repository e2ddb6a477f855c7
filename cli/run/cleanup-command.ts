/** What an operator types to have a run cleaned away. */
import { identities } from '../../src/conformance/identity.ts';
import { type Identity } from '../../src/conformance/identity.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import { shellWord } from '../../src/report/shell-word.ts';

export function cleanupCommand(folder: string, clouds: Readonly<Partial<Record<Identity, string>>>): string {
  const options = identities.flatMap((identity) => {
    const cloud = clouds[identity];
    return cloud === undefined ? [] : [identityOption(identity).split(' ')[0] ?? '', shellWord(cloud)];
  });
  return ['openstack-conformance cleanup', shellWord(folder), ...options].join(' ');
}
