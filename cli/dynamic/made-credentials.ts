/** How an identity that was made for a run signs in: where the administrator does, with a password that only memory holds. */
import { randomBytes } from 'node:crypto';
import type { Credentials } from '../../src/target/credentials.ts';
import type { AdminGround } from './admin-ground.ts';

/** Of every class of characters that a cloud may ask for. */
export function newPassword({ recorder }: AdminGround): string {
  const password = `${randomBytes(32).toString('base64url')}-aA1!`;
  recorder.redactor.learn(password);
  return password;
}

export interface MadeUser {
  readonly name: string;
  readonly id: string;
  readonly password: string;
  readonly projectId: string;
}

export function madeCredentials(admin: Credentials, { admin: session }: AdminGround, made: MadeUser): Credentials {
  const { name, id, password, projectId } = made;
  return {
    ...admin,
    from: `${name}, made for this run`,
    auth: {
      type: 'password',
      authUrl: session.endpoint('identity') ?? '',
      user: { id },
      password,
      scope: { kind: 'project', project: { id: projectId } },
    },
    endpointOverrides: Object.fromEntries(
      Object.entries(admin.endpointOverrides).map(([type, url]) => [
        type,
        inProject(url, session.projectId, projectId),
      ]),
    ),
  };
}

/** What the operator wrote down for the administrator may name his project. */
function inProject(url: string, his: string | undefined, theirs: string): string {
  return his === undefined ? url : url.replaceAll(his, theirs);
}
