/**
 * Faults in the permissions of roles.
 */

import type { PolicyGrant } from '../compute/policy.ts';
import type { Fault } from './fault.ts';
import type { FaultId } from './fault.ts';
import { type ActionName, wordsOf } from './acts.ts';

/** By the last word of the policy's name. */
type Rule = 'index' | 'show' | 'create' | 'update' | 'swap' | 'delete';

interface RoleFault {
  readonly name: string;
  readonly summary: string;
  readonly rule: Rule;
  readonly grants: readonly PolicyGrant[];
}

const ruleOf: Readonly<Record<ActionName, Rule>> = {
  list: 'index',
  show: 'show',
  attach: 'create',
  update: 'update',
  swap: 'swap',
  detach: 'delete',
};

const reads = ['list', 'show'] as const;
const changes = ['attach', 'update', 'detach'] as const;

export const roleFaults: readonly Fault[] = [
  ...changes.map((action) => permitted(action, 'reader', ['project-reader', 'project-member', 'admin'])),
  permitted('swap', 'reader', ['project-reader', 'service', 'admin']),
  ...reads.map((action) => permitted(action, 'service', ['service', 'project-reader', 'admin'])),
  ...changes.map((action) => permitted(action, 'service', ['service', 'project-member', 'admin'])),
  ...reads.map((action) => forbidden(action, 'reader', ['project-member', 'admin'])),
  ...reads.map((action) => forbidden(action, 'admin', ['project-reader'])),
  ...changes.map((action) => forbidden(action, 'member', ['project-manager', 'admin'])),
  ...changes.map((action) => forbidden(action, 'admin', ['project-member'])),
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

function permitted(action: ActionName, role: 'reader' | 'service', grants: readonly PolicyGrant[]): RoleFault {
  const by = role === 'reader' ? 'a reader of the project' : 'the service role alone';
  const summary = `${wordsOf[action]} by ${by} is accepted.`;
  return { name: `${action}-permitted-to-${role}`, summary, rule: ruleOf[action], grants };
}

function forbidden(action: ActionName, role: 'reader' | 'member' | 'admin', grants: readonly PolicyGrant[]): RoleFault {
  const by = role === 'admin' ? 'an administrator' : `a ${role} of the project`;
  const summary = `${wordsOf[action]} by ${by} is forbidden.`;
  return { name: `${action}-forbidden-to-${role}`, summary, rule: ruleOf[action], grants };
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
