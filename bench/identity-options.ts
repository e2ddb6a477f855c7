/** The identities of a cloud as command-line options. */
import { identities } from '../src/clauses/identity.ts';
import { type Identity } from '../src/clauses/identity.ts';

/** Entries of clouds.yaml by role. */
export type Roles = Readonly<Partial<Record<Identity, string>>>;

export function identityOptions(roles: Roles): readonly string[] {
  return identities.flatMap((role) => {
    const cloud = roles[role];
    return cloud === undefined ? [] : [role === 'member' ? '--os-cloud' : `--${role}`, cloud];
  });
}
