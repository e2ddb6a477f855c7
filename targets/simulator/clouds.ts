/**
 * The content of a clouds.yaml for a running simulator, one entry per identity.
 */

import { passwordOf, seededUsers } from './seed.ts';

export interface CloudEntry {
  readonly auth_type: 'password';
  readonly auth: Readonly<Record<string, string>>;
  readonly region_name: string;
  readonly interface: 'public';
  readonly identity_api_version: '3';
}

export interface CloudsFile {
  readonly clouds: Readonly<Record<string, CloudEntry>>;
}

/** Entry names that differ from `sim-` and the user's name. */
const entryNames: Readonly<Record<string, string>> = { alt_demo: 'sim-alt' };

export function cloudsFile(authUrl: string): CloudsFile {
  const projectScoped = seededUsers.map(({ name, project }) => {
    const scope = { project_name: project, project_domain_name: 'Default' };
    return [entryNames[name] ?? `sim-${name.replaceAll('_', '-')}`, entry(authUrl, name, scope)] as const;
  });
  const system = ['sim-system-admin', entry(authUrl, 'admin', { system_scope: 'all' })] as const;
  return { clouds: Object.fromEntries([...projectScoped, system]) };
}

function entry(authUrl: string, username: string, scope: Readonly<Record<string, string>>): CloudEntry {
  return {
    auth_type: 'password',
    auth: { auth_url: authUrl, username, password: passwordOf(username), user_domain_name: 'Default', ...scope },
    region_name: 'RegionOne',
    interface: 'public',
    identity_api_version: '3',
  };
}
