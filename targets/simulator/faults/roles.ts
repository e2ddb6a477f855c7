/**
 * Deviations in which role may do what.
 */

import type { PolicyGrant } from '../compute/policy.ts';
import type { Fault, FaultId } from '../faults.ts';

/** By the last word of the policy's name. */
type Rule = 'index' | 'show' | 'create' | 'update' | 'swap' | 'delete';

interface RoleFault {
  readonly name: string;
  readonly summary: string;
  readonly rule: Rule;
  readonly grants: readonly PolicyGrant[];
}

interface Act {
  readonly name: string;
  readonly words: string;
  readonly rule: Rule;
}

const reads: readonly Act[] = [
  { name: 'list', words: 'A list', rule: 'index' },
  { name: 'show', words: 'A show', rule: 'show' },
];

const changes: readonly Act[] = [
  { name: 'attach', words: 'An attach', rule: 'create' },
  { name: 'update', words: 'An update', rule: 'update' },
  { name: 'detach', words: 'A detach', rule: 'delete' },
];

const swap: Act = { name: 'swap', words: 'A swap', rule: 'swap' };

export const roleFaults: readonly Fault[] = [
  ...changes.map((act) => permitted(act, 'reader', ['project-reader', 'project-member', 'admin'])),
  permitted(swap, 'reader', ['project-reader', 'service', 'admin']),
  ...reads.map((act) => permitted(act, 'service', ['service', 'project-reader', 'admin'])),
  ...changes.map((act) => permitted(act, 'service', ['service', 'project-member', 'admin'])),
  ...reads.map((act) => forbidden(act, 'reader', ['project-member', 'admin'])),
  ...reads.map((act) => forbidden(act, 'admin', ['project-reader'])),
  ...changes.map((act) => forbidden(act, 'member', ['project-manager', 'admin'])),
  ...changes.map((act) => forbidden(act, 'admin', ['project-member'])),
  {
    name: 'swap-for-members',
    summary: 'A member of the project may swap.',
    rule: 'swap',
    grants: ['project-member', 'service', 'admin'],
  } as const,
  {
    name: 'swap-for-administrators-only',
    summary: 'The service role gives no right to swap.',
    rule: 'swap',
    grants: ['admin'],
  } as const,
].map(fault);

function permitted({ name, words, rule }: Act, role: 'reader' | 'service', grants: readonly PolicyGrant[]): RoleFault {
  const by = role === 'reader' ? 'a reader of the project' : 'the service role alone';
  return { name: `${name}-permitted-to-${role}`, summary: `${words} by ${by} is accepted.`, rule, grants };
}

function forbidden(
  { name, words, rule }: Act,
  role: 'reader' | 'member' | 'admin',
  grants: readonly PolicyGrant[],
): RoleFault {
  const by = role === 'admin' ? 'an administrator' : `a ${role} of the project`;
  return { name: `${name}-forbidden-to-${role}`, summary: `${words} by ${by} is forbidden.`, rule, grants };
}

function fault({ name, summary, rule, grants }: RoleFault): Fault {
  const id: FaultId = `compute:${name}`;
  return {
    id,
    summary,
    kind: 'behaviour',
    change: (behaviour) => {
      const { compute } = behaviour;
      const policies = { ...compute.policies, [`os-volumes-attachments:${rule}`]: grants };
      return { ...behaviour, compute: { ...compute, policies } };
    },
  };
}
