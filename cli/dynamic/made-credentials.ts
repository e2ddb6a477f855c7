/**
 * Credentials of an identity created for a run: the endpoint of the administrator, and a password kept in memory only.
 */
import { randomBytes } from 'node:crypto';
import type { Credentials } from '../../src/target/credentials.ts';
import type { AdminContext } from './admin-context.ts';

/** A random password with every class of characters that a cloud may require. */
export function newPassword({ recorder }: AdminContext): string {
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

export function madeCredentials(admin: Credentials, { admin: session }: AdminContext, made: MadeUser): Credentials {
  const { name, id, password, projectId } = made;
  return {
    ...admin,
    from: `${name}, created for this run`,
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

/** An endpoint override of the administrator may contain the id of the administrator's project. */
function inProject(url: string, adminProject: string | undefined, project: string): string {
  return adminProject === undefined ? url : url.replaceAll(adminProject, project);
}
