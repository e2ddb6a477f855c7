/**
 * The content of a new cloud: users, projects, flavors, an image, volume types.
 */

import type { Cloud } from './cloud.ts';
import { hostNames } from './host.ts';
import { services } from './compute/services/services.ts';
import { networks } from './compute/networks/networks.ts';
import { keystoneId, type Role, type Scope } from './identity/state.ts';

export interface SeededUser {
  readonly name: string;
  readonly project: string;
  readonly role: string;
}

const roles = ['admin', 'manager', 'member', 'reader', 'service', 'guest'];
const projects = ['admin', 'service', 'demo', 'alt_demo'];

/** One user for each identity that a test may need. */
export const seededUsers: readonly SeededUser[] = [
  { name: 'admin', project: 'admin', role: 'admin' },
  { name: 'demo', project: 'demo', role: 'member' },
  { name: 'demo_manager', project: 'demo', role: 'manager' },
  { name: 'demo_reader', project: 'demo', role: 'reader' },
  { name: 'demo_service', project: 'demo', role: 'service' },
  { name: 'demo_guest', project: 'demo', role: 'guest' },
  { name: 'alt_demo', project: 'alt_demo', role: 'member' },
  { name: 'alt_reader', project: 'alt_demo', role: 'reader' },
  { name: 'alt_service', project: 'alt_demo', role: 'service' },
];

export function passwordOf(user: string): string {
  return `${user}-pw`;
}

export function seed(cloud: Cloud): void {
  cloud.identity.domains.set('default', { id: 'default', name: 'Default' });
  for (const name of roles) addRole(cloud, name);
  for (const name of projects) addProject(cloud, name);
  for (const user of seededUsers) addUser(cloud, user);
  grant(cloud, 'admin', 'admin', { kind: 'system' });
  for (const region of cloud.settings.offer.regions) {
    seedCompute(cloud.in(region));
    seedStorage(cloud.in(region));
  }
}

function seedCompute(cloud: Cloud): void {
  const { compute, settings } = cloud;
  const disk = settings.offer.flavorDisk;
  for (const host of hostNames) {
    services(compute).add({
      id: cloud.newId(),
      host,
      number: hostNames.indexOf(host) + 1,
      isForcedDown: false,
      disabledReason: undefined,
    });
  }
  networks(compute).add({ id: cloud.newId(), subnetId: cloud.newId(), name: 'private', prefix: '10.0' });
  compute.flavors.set('42', { id: '42', name: 'm1.nano', ram: 64, disk, vcpus: 1 });
  compute.flavors.set('84', { id: '84', name: 'm1.micro', ram: 128, disk, vcpus: 1 });
}

function seedStorage(cloud: Cloud): void {
  const owner = projectId(cloud, 'admin');
  const image = {
    id: cloud.newId(),
    name: 'cirros-fake',
    visibility: 'public',
    owner,
    createdAt: cloud.now(),
    minDisk: cloud.settings.offer.imageDisk,
    status: 'active',
    properties: {},
  } as const;
  cloud.image.images.set(image.id, image);
  addType(cloud, '__DEFAULT__', 'Default Volume Type', {});
  addType(cloud, 'multiattach', null, { multiattach: '<is> True' });
}

function addType(
  cloud: Cloud,
  name: string,
  description: string | null,
  extraSpecs: Readonly<Record<string, string>>,
): void {
  const id = cloud.newId();
  cloud.blockStorage.types.set(id, { id, name, description, extraSpecs });
}

function addRole({ identity }: Cloud, name: string): void {
  const role: Role = { id: keystoneId(), name };
  identity.roles.set(role.id, role);
}

function addProject({ identity }: Cloud, name: string): void {
  const id = keystoneId();
  identity.projects.set(id, { id, name, domainId: 'default', description: '', enabled: true });
}

function addUser(cloud: Cloud, { name, project, role }: SeededUser): void {
  const id = keystoneId();
  cloud.identity.users.set(id, { id, name, domainId: 'default', password: passwordOf(name), enabled: true });
  grant(cloud, name, role, { kind: 'project', projectId: projectId(cloud, project) });
}

function grant({ identity }: Cloud, user: string, role: string, scope: Scope): void {
  const userId = idOf(identity.users, user);
  const roleId = idOf(identity.roles, role);
  identity.grants = [...identity.grants, { userId, roleId, scope }];
}

function projectId({ identity }: Cloud, name: string): string {
  return idOf(identity.projects, name);
}

function idOf(all: ReadonlyMap<string, { readonly id: string; readonly name: string }>, name: string): string {
  const found = [...all.values()].find((one) => one.name === name);
  if (!found) throw new Error(`The seed data has no ${name}.`);
  return found.id;
}
