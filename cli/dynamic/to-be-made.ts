/** The identities that an administrator creates for a run: all that are not given. */
import type { Identity } from '../../src/clauses/identity.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import type { RunOptions } from '../run/run-options.ts';
import { makeable } from './make-identities.ts';

export function toBeMade(
  given: CredentialsByIdentity,
  { dynamicCredentials }: Pick<RunOptions, 'dynamicCredentials'>,
): readonly Identity[] {
  return dynamicCredentials && given.admin ? makeable.filter((identity) => !given[identity]) : [];
}
