/** Checks whether an identity has the project and the roles that its use requires; Nova needs project-scoped tokens. */
import type { Credentials } from './credentials.ts';
import type { Session } from './session.ts';

export interface Unfit {
  readonly reason: string;
  readonly remedy: string;
}

interface Signed {
  readonly session: Session;
  readonly credentials: Credentials;
}

interface Part {
  /** Whether it is in the project of the member, or in another one. */
  readonly project?: 'same' | 'other';
  readonly needs?: string;
  /** Roles with which it would have more permissions than it must have. */
  readonly lacks?: readonly string[];
}

/** By the default policies of Nova and Cinder. */
const parts: Readonly<Record<string, Part>> = {
  reader: { project: 'same', lacks: ['admin', 'manager', 'member'] },
  other: { project: 'other', lacks: ['admin'] },
  admin: { needs: 'admin' },
  service: { needs: 'service' },
};

/** Undefined when it is suitable, or without Keystone. */
export function whyUnfit(
  role: string,
  { session, credentials }: Signed,
  member: Session | undefined,
): Unfit | undefined {
  if (session.userId === undefined) return undefined;
  const { from } = credentials;
  if (session.projectId === undefined) return withoutProject(role, credentials);
  const { project, needs, lacks = [] } = parts[role] ?? {};
  const home = session.projectName ?? session.projectId;
  const isHome = member?.projectId === undefined ? undefined : member.projectId === session.projectId;
  const unfit = (why: string, remedy: string): Unfit => ({ reason: `The ${role} (${from}) ${why}.`, remedy });
  const another = `Set another one by --${role} CLOUD.`;
  if (project === 'other' && isHome === true) {
    return unfit(`is in the project of the member, ${home}, but has to be in another one`, another);
  }
  if (project === 'same' && isHome === false) {
    return unfit(`is in the project ${home}, but has to be in that of the member`, another);
  }
  const roles = session.roles.map((name) => name.toLowerCase());
  if (needs !== undefined && !roles.includes(needs)) {
    return unfit(`does not have the role ${needs}; it has ${session.roles.join(', ') || 'none'}`, another);
  }
  const more = lacks.filter((name) => roles.includes(name));
  if (more.length === 0) return undefined;
  return unfit(`has the role ${more.join(' and ')}, so it has more permissions than a ${role}`, another);
}

function withoutProject(role: string, { from, auth }: Credentials): Unfit {
  const scope = 'scope' in auth ? auth.scope.kind : 'unscoped';
  const words = { system: 'for the whole system', domain: 'for a domain', unscoped: 'without any scope', project: '' };
  return {
    reason: `The token of the ${role} (${from}) is ${words[scope]}, but Nova accepts only tokens of projects.`,
    remedy: `Set a project in ${from}: project_name${scope === 'system' ? ' instead of system_scope' : ''}${scope === 'domain' ? ' instead of domain_name' : ''}, with project_domain_name.`,
  };
}

/** Reports a member that is an administrator: it has more permissions than the clauses on members assume. */
export function memberIsAdmin({ session, credentials }: Signed): Unfit | undefined {
  if (!session.roles.some((name) => name.toLowerCase() === 'admin')) return undefined;
  return {
    reason: `The member (${credentials.from}) has the role admin, so the target accepts requests from it that members are refused.`,
    remedy: 'Set a member without this role by --os-cloud CLOUD, and use this one for --admin.',
  };
}
