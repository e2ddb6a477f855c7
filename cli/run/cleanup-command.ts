/** The commands that a run prints: to remove what it left behind, and to get a token of its member. */
import { identities } from '../../src/clauses/identity.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import { commandLine } from '../../src/report/shell-word.ts';
import { clientAccesses, type Access } from './client-accesses.ts';
import { signInArguments } from './sign-in-options.ts';

/** With the suites that declare what the run may have created. */
export function cleanupCommand(folder: string, { clouds, signIn, suites = [] }: Access): string {
  const roles = identities.flatMap((identity) => {
    const cloud = clouds[identity];
    return cloud === undefined ? [] : [identityOption(identity).split(' ')[0] ?? '', cloud];
  });
  return commandLine('openstack-conformance cleanup', [
    ...[folder, ...roles, ...signInArguments(signIn)],
    ...suites.flatMap((file) => ['--suite', file]),
  ]);
}

export function tokenCommand(access: Access): string {
  const { options = [] } = clientAccesses(access).member ?? {};
  return commandLine('openstack', [...options, 'token', 'issue', '-f', 'value', '-c', 'id']);
}
