/** Whether an identity can do its part: Nova takes tokens of projects only, and each part has a project and roles. */
import type { Credentials } from './credentials.ts';
import type { Session } from './session.ts';

export interface Unfit {
  readonly reason: string;
  readonly mend: string;
}

interface Signed {
  readonly session: Session;
  readonly credentials: Credentials;
}

interface Part {
  /** In the project of the member, or in another one. */
  readonly project?: 'same' | 'other';
  readonly needs?: string;
  /** With any of these it may more than its part. */
  readonly lacks?: readonly string[];
}

/** As the default policies of Nova and Cinder have it. */
const parts: Readonly<Record<string, Part>> = {
  reader: { project: 'same', lacks: ['admin', 'manager', 'member'] },
  other: { project: 'other', lacks: ['admin'] },
  admin: { needs: 'admin' },
  service: { needs: 'service' },
};

/** Undefined where it can, or where no Keystone says who it is. */
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
  const unfit = (why: string, mend: string): Unfit => ({ reason: `The ${role} (${from}) ${why}.`, mend });
  const another = `Give another one by --${role} CLOUD.`;
  if (project === 'other' && isHome === true) {
    return unfit(`is in the project of the member, ${home}, and has to be in another one`, another);
  }
  if (project === 'same' && isHome === false) {
    return unfit(`is in the project ${home}, and has to be in that of the member`, another);
  }
  const roles = session.roles.map((name) => name.toLowerCase());
  if (needs !== undefined && !roles.includes(needs)) {
    return unfit(`has no role ${needs}; it has ${session.roles.join(', ') || 'none'}`, another);
  }
  const more = lacks.filter((name) => roles.includes(name));
  if (more.length === 0) return undefined;
  return unfit(`has the role ${more.join(' and ')}, and may more than a ${role}`, another);
}

function withoutProject(role: string, { from, auth }: Credentials): Unfit {
  const scope = 'scope' in auth ? auth.scope.kind : 'unscoped';
  const words = { system: 'for the whole system', domain: 'for a domain', unscoped: 'without any scope', project: '' };
  return {
    reason: `The token of the ${role} (${from}) is ${words[scope]}, and Nova takes tokens of projects only.`,
    mend: `Name a project in ${from}: project_name${scope === 'system' ? ' in place of system_scope' : ''}${scope === 'domain' ? ' in place of domain_name' : ''}, with project_domain_name.`,
  };
}

/** What a member may that is an administrator as well: more than the clauses on members allow. */
export function memberIsAdmin({ session, credentials }: Signed): Unfit | undefined {
  if (!session.roles.some((name) => name.toLowerCase() === 'admin')) return undefined;
  return {
    reason: `The member (${credentials.from}) has the role admin, so that what members are refused is allowed to it.`,
    mend: 'Give a member without this role by --os-cloud CLOUD, and this one by --admin.',
  };
}
