/** What an operator types to have a run cleaned away, or to get a token of its member. */
import { identities } from '../../src/conformance/identity.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import { shellWord } from '../../src/report/shell-word.ts';
import type { RunOptions } from './run-options.ts';
import { signInWords } from './sign-in-options.ts';

/** The options that say where a run is and who asks there. */
export type Access = Pick<RunOptions, 'clouds' | 'signIn'>;

export function cleanupCommand(folder: string, { clouds, signIn }: Access): string {
  const names = identities.flatMap((identity) => {
    const cloud = clouds[identity];
    return cloud === undefined ? [] : [identityOption(identity).split(' ')[0] ?? '', cloud];
  });
  return line('openstack-conformance cleanup', [folder, ...names, ...signInWords(signIn)]);
}

/** Of the openstack client, which names its options alike. */
export function tokenCommand({ clouds: { member }, signIn }: Access): string {
  const cloud = member === undefined ? [] : ['--os-cloud', member];
  return line('openstack', [...cloud, ...signInWords(signIn), 'token', 'issue', '-f', 'value', '-c', 'id']);
}

function line(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}
