/** The commands that a run prints: to remove what it left behind, and to get a token of its member. */
import { identities } from '../../src/clauses/identity.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import { shellWord } from '../../src/report/shell-word.ts';
import type { RunOptions } from './run-options.ts';
import { signInArguments } from './sign-in-options.ts';

/** The options that select the target and the identities of a run. */
export type Access = Pick<RunOptions, 'clouds' | 'signIn'>;

export function cleanupCommand(folder: string, { clouds, signIn }: Access): string {
  const roles = identities.flatMap((identity) => {
    const cloud = clouds[identity];
    return cloud === undefined ? [] : [identityOption(identity).split(' ')[0] ?? '', cloud];
  });
  return commandLine('openstack-conformance cleanup', [folder, ...roles, ...signInArguments(signIn)]);
}

/** A command of the openstack client, whose options have the same names. */
export function tokenCommand({ clouds: { member }, signIn }: Access): string {
  const cloud = member === undefined ? [] : ['--os-cloud', member];
  return commandLine('openstack', [...cloud, ...signInArguments(signIn), 'token', 'issue', '-f', 'value', '-c', 'id']);
}

function commandLine(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}
