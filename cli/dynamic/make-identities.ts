/** Creates the identities that were not given: users, the projects that they need, and their roles there. */
import type { Identity } from '../../src/clauses/identity.ts';
import { Unreached } from '../../src/execution/errors.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import type { Target, CreationFailure } from '../../src/planning/target.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { createProject } from '../../suites/identity/project.ts';
import { createUser, findRole, grantRole } from '../../suites/identity/user.ts';
import { UsageError } from '../errors.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import type { AdminContext } from './admin-context.ts';
import { madeCredentials, newPassword } from './made-credentials.ts';

export interface MadeIdentities {
  readonly credentials: CredentialsByIdentity;
  readonly creationFailures: NonNullable<Target['creationFailures']>;
}

export type Makeable = Exclude<Identity, 'admin'>;

/** The roles of each identity; the first one that the cloud has is used. */
const rolesOf: Readonly<Record<Makeable, readonly string[]>> = {
  member: ['member', '_member_'],
  reader: ['reader'],
  other: ['member', '_member_'],
  service: ['service'],
};

/** In the order of creation: most of them share the project of the member. */
export const makeable = ['member', 'reader', 'other', 'service'] as const satisfies readonly Makeable[];

/** The name of a project, after the name of the run. */
export const projectNames = { own: 'project', other: 'other-project' } as const;

export interface Wanted {
  readonly admin: Credentials;
  readonly given: CredentialsByIdentity;
  /** The project of the given member. */
  readonly memberProject: string | undefined;
  /** When aborted, no further request is sent. */
  readonly signal: AbortSignal;
}

/** @throws UsageError when the administrator may not create what every run needs; an AbortError */
export async function makeIdentities(cleanup: AdminContext, wanted: Wanted): Promise<MadeIdentities> {
  const { given, admin, signal } = wanted;
  const credentials: Partial<Record<Identity, Credentials>> = {};
  const creationFailures: Partial<Record<Identity, CreationFailure>> = {};
  let memberProject = wanted.memberProject;
  const step = <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return work().catch((error: unknown) => refuse(error, admin));
  };
  const domainId = cleanup.admin.domainId ?? 'default';
  for (const identity of makeable) {
    if (given[identity]) continue;
    const role = await step(() => firstRole(cleanup, rolesOf[identity]));
    if (role === undefined) {
      creationFailures[identity] = {
        reason: missingRole(identity),
        remedy: `Create the role, or add ${identityOption(identity)}.`,
      };
      continue;
    }
    const name = identity === 'other' ? projectNames.other : projectNames.own;
    const isNew = identity === 'other' || memberProject === undefined;
    const projectId = isNew ? await step(() => createProject(cleanup, name, domainId)) : (memberProject ?? '');
    if (identity !== 'other') memberProject = projectId;
    const password = newPassword(cleanup);
    const id = await step(() => createUser(cleanup, { name: identity, password, domainId }));
    signal.throwIfAborted();
    const refusal = await grantRole(cleanup, { userId: id, projectId, roleId: role }).then(() => undefined, reasonOf);
    if (refusal === undefined) {
      const made = { name: `${cleanup.runName}-${identity}`, id, password, projectId };
      credentials[identity] = madeCredentials(admin, cleanup, made);
    } else {
      const reason = `The created ${identity} got no role: ${refusal}`;
      creationFailures[identity] = {
        reason,
        remedy: `Let ${admin.from} grant it, or add ${identityOption(identity)}.`,
      };
    }
  }
  refuseWithoutMember(creationFailures);
  return { credentials, creationFailures };
}

async function firstRole(cleanup: AdminContext, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const id = await findRole(cleanup, name);
    if (id !== undefined) return id;
  }
  return undefined;
}

function missingRole(identity: Makeable): string {
  return `The ${identity} could not be created: Keystone has no role ${rolesOf[identity].join(' and no role ')}.`;
}

function refuseWithoutMember({ member }: MadeIdentities['creationFailures']): void {
  if (member) throw new UsageError(`${member.reason} ${member.remedy}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof Unreached) return `${error.root} ${describeStatus(error)}.`;
  throw error;
}

/** @throws UsageError in place of `Unreached` */
function refuse(error: unknown, { from }: Credentials): never {
  if (!(error instanceof Unreached)) throw error;
  throw new UsageError(
    `${from} cannot create the identities of a run: ${error.root} ${describeStatus(error)}. Pass an administrator with that permission by --admin, or the identities themselves by ${makeable.map((one) => identityOption(one)).join(' ')}.`,
  );
}

function describeStatus({ exchange }: Unreached): string {
  const status = exchange?.response?.status;
  return status === undefined ? 'got no response' : `got status ${status}`;
}
