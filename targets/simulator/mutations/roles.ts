/** Operators on the policy: a role gets a right that it does not have, or loses one. */

import type { Mutated, Mutation } from './mutation.ts';

/** Grants from the least to the most. */
const ofProject = ['project-reader', 'project-member', 'project-manager'] as const;

const words: Readonly<Record<string, string>> = {
  'project-reader': 'reader',
  'project-member': 'member',
  'project-manager': 'manager',
};

export function roleMutations(one: Mutated): readonly Mutation[] {
  const { rule } = one.rules.policy;
  const grants = one.policies[rule] ?? [];
  if (grants.includes('anyone')) return [];
  const least = ofProject.findIndex((grant) => grants.includes(grant));
  const lesser = ofProject.slice(0, least < 0 ? 2 : least);
  const more = [...lesser, ...(grants.includes('service') ? [] : ['service'])];
  return [
    ...more.map((grant) => widened(one.name, rule, grant)),
    ...grants.map((grant) => narrowed(one.name, rule, grant)),
  ];
}

function widened(name: string, rule: string, grant: string): Mutation {
  const role = words[grant] ?? grant;
  return {
    id: `widen-role:${role}`,
    summary: `The endpoint ${name} also permits the role ${role}.`,
    change: granting(rule, (grants) => [...grants, grant]),
  };
}

/** A role of the project loses its right to the next higher one. */
function narrowed(name: string, rule: string, grant: string): Mutation {
  const role = words[grant] ?? grant;
  const higher = ofProject.slice(ofProject.findIndex((other) => other === grant) + 1)[0];
  const rest = grant in words && higher !== undefined ? [higher] : [];
  return {
    id: `narrow-role:${role}`,
    summary: `The endpoint ${name} forbids what the role ${role} may do.`,
    change: granting(rule, (grants) => grants.flatMap((other) => (other === grant ? rest : [other]))),
  };
}

function granting(rule: string, change: (grants: readonly string[]) => readonly string[]): Mutation['change'] {
  return ({ policies }) => ({ policies: { ...policies, [rule]: change(policies[rule] ?? []) } });
}
