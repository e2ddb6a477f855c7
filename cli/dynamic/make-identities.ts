/** Makes the identities that were not given: users, the projects that they need, and their roles there. */
import type { Identity } from '../../src/conformance/identity.ts';
import { Unreached } from '../../src/conformance/errors.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import type { Target, Unmade } from '../../src/conformance/target.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { createProject } from '../../suites/identity/project.ts';
import { createUser, findRole, grantRole } from '../../suites/identity/user.ts';
import { UsageError } from '../errors.ts';
import type { CredentialsByIdentity } from '../run/find-credentials.ts';
import type { AdminGround } from './admin-ground.ts';
import { madeCredentials, newPassword } from './made-credentials.ts';

export interface MadeIdentities {
  readonly credentials: CredentialsByIdentity;
  readonly unmade: NonNullable<Target['unmade']>;
}

export type Makeable = Exclude<Identity, 'admin'>;

/** The roles that give each its part, the first that the cloud has. */
const parts: Readonly<Record<Makeable, readonly string[]>> = {
  member: ['member', '_member_'],
  reader: ['reader'],
  other: ['member', '_member_'],
  service: ['service'],
};

/** In the order in which they are made: the project of the member is that of most. */
export const makeable = ['member', 'reader', 'other', 'service'] as const satisfies readonly Makeable[];

/** The name of a project, after the run's. */
export const projectNames = { own: 'project', other: 'other-project' } as const;

export interface Wanted {
  readonly admin: Credentials;
  readonly given: CredentialsByIdentity;
  /** Of the member that was given. */
  readonly memberProject: string | undefined;
  /** No further request is sent when it is aborted. */
  readonly signal: AbortSignal;
}

/** @throws UsageError when the administrator may not make what every run needs; an AbortError */
export async function makeIdentities(ground: AdminGround, wanted: Wanted): Promise<MadeIdentities> {
  const { given, admin, signal } = wanted;
  const credentials: Partial<Record<Identity, Credentials>> = {};
  const unmade: Partial<Record<Identity, Unmade>> = {};
  let own = wanted.memberProject;
  const step = <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return work().catch((error: unknown) => refuse(error, admin));
  };
  const domainId = ground.admin.domainId ?? 'default';
  for (const identity of makeable) {
    if (given[identity]) continue;
    const role = await step(() => firstRole(ground, parts[identity]));
    if (role === undefined) {
      unmade[identity] = { reason: lacking(identity), mend: `Create the role, or add ${identityOption(identity)}.` };
      continue;
    }
    const name = identity === 'other' ? projectNames.other : projectNames.own;
    const isNew = identity === 'other' || own === undefined;
    const projectId = isNew ? await step(() => createProject(ground, name, domainId)) : (own ?? '');
    if (identity !== 'other') own = projectId;
    const password = newPassword(ground);
    const id = await step(() => createUser(ground, { name: identity, password, domainId }));
    signal.throwIfAborted();
    const refusal = await grantRole(ground, { userId: id, projectId, roleId: role }).then(() => undefined, reasonOf);
    if (refusal === undefined) {
      const made = { name: `${ground.runName}-${identity}`, id, password, projectId };
      credentials[identity] = madeCredentials(admin, ground, made);
    } else {
      const reason = `The ${identity} that was made got no role: ${refusal}`;
      unmade[identity] = { reason, mend: `Let ${admin.from} grant it, or add ${identityOption(identity)}.` };
    }
  }
  refuseWithoutMember(unmade);
  return { credentials, unmade };
}

async function firstRole(ground: AdminGround, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const id = await findRole(ground, name);
    if (id !== undefined) return id;
  }
  return undefined;
}

function lacking(identity: Makeable): string {
  return `The ${identity} could not be made: Keystone has no role ${parts[identity].join(' and no role ')}.`;
}

function refuseWithoutMember({ member }: MadeIdentities['unmade']): void {
  if (member) throw new UsageError(`${member.reason} ${member.mend}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof Unreached) return `${error.root} ${answerOf(error)}.`;
  throw error;
}

/** @throws UsageError in place of a refusal */
function refuse(error: unknown, { from }: Credentials): never {
  if (!(error instanceof Unreached)) throw error;
  throw new UsageError(
    `${from} cannot make the identities of a run: ${error.root} ${answerOf(error)}; give an administrator who may by --admin, or the identities themselves by ${makeable.map((one) => identityOption(one)).join(' ')}.`,
  );
}

function answerOf({ exchange }: Unreached): string {
  const status = exchange?.response?.status;
  return status === undefined ? 'got no answer' : `was answered with ${status}`;
}
