/** Identities of a run whose process is gone, and their passwords with it: they get new ones, to remove what they made. */
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import type { OpenTarget } from '../run/open-target.ts';
import { changePassword } from '../../suites/identity/user.ts';
import { UsageError } from '../errors.ts';
import type { AdminGround } from './admin-ground.ts';
import { madeCredentials, newPassword } from './made-credentials.ts';
import { projectNames } from './make-identities.ts';

/** Those who make servers and volumes, and where. */
const makers = { member: projectNames.own, other: projectNames.other } as const;

/** @throws UsageError where the run's own member is gone and none was named */
export async function signInAgain(ground: AdminGround, { credentials }: OpenTarget): Promise<CredentialsByIdentity> {
  const { admin } = credentials;
  if (!admin) return {};
  const again = await Promise.all(
    Object.entries(makers).map(async ([identity, project]) => {
      const user = ownedAs(ground, 'user', identity);
      const place = ownedAs(ground, 'project', project);
      if (!user || !place) return [];
      const password = newPassword(ground);
      await changePassword(ground, user.id, password);
      const { name, id } = user;
      return [[identity, madeCredentials(admin, ground, { name, id, password, projectId: place.id })] as const];
    }),
  );
  const found: CredentialsByIdentity = Object.fromEntries(again.flat());
  if (found.member ?? credentials.member) return found;
  throw new UsageError('The member that the run was given is needed to remove what it made; add its --os-cloud CLOUD.');
}

/** What the ledger owns under this name; the run's own stands before it. */
function ownedAs({ ledger }: AdminGround, type: string, name: string) {
  return ledger
    .owned()
    .find((thing) => thing.type === type && /^osc-[0-9a-f]+-/.exec(thing.name)?.[0] + name === thing.name);
}
