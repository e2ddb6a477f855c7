/**
 * Signs in the identities of a run whose process ended: sets new passwords, so that they can remove what they created.
 */
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import type { OpenTarget } from '../run/open-target.ts';
import { changePassword } from '../../suites/identity/user.ts';
import { UsageError } from '../errors.ts';
import type { AdminContext } from './admin-context.ts';
import { madeCredentials, newPassword } from './made-credentials.ts';
import { projectNames } from './make-identities.ts';

/** The identities that create servers and volumes, and their projects. */
const makers = { member: projectNames.own, other: projectNames.other } as const;

/** @throws UsageError when the run did not create its member and none is given */
export async function signInAgain(cleanup: AdminContext, { credentials }: OpenTarget): Promise<CredentialsByIdentity> {
  const { admin } = credentials;
  if (!admin) return {};
  const again = await Promise.all(
    Object.entries(makers).map(async ([identity, project]) => {
      const user = ownedAs(cleanup, 'user', identity);
      const owned = ownedAs(cleanup, 'project', project);
      if (!user || !owned) return [];
      const password = newPassword(cleanup);
      await changePassword(cleanup, user.id, password);
      const { name, id } = user;
      return [[identity, madeCredentials(admin, cleanup, { name, id, password, projectId: owned.id })] as const];
    }),
  );
  const found: CredentialsByIdentity = Object.fromEntries(again.flat());
  if (found.member ?? credentials.member) return found;
  throw new UsageError('The member of the run is needed to remove what it created. Pass it by --os-cloud CLOUD.');
}

/** The resource of the ledger with this name, after the name of the run. */
function ownedAs({ ledger }: AdminContext, type: string, name: string) {
  return ledger
    .owned()
    .find((resource) => resource.type === type && /^osc-[0-9a-f]+-/.exec(resource.name)?.[0] + name === resource.name);
}
