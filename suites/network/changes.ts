/** The declared changes of the network service: what each request refers to and creates. */
import type { DeclaredChange } from '../../src/resources/declared-change.ts';
import { floatingIp } from './floating-ip.ts';
import { port } from './port.ts';
import { securityGroup } from './security-group.ts';

export const networkChanges: readonly DeclaredChange[] = [
  {
    call: 'POST /v2.0/ports',
    creates: { type: port.type, name: 'body /port/name', id: '/port/id' },
    refers: { 'body /port/network_id': { to: { type: 'network' }, or: 'fixture' } },
    values: ['body /port/name'],
  },
  { call: 'DELETE /v2.0/ports/{port_id}', refers: { 'path port_id': { to: port } } },
  {
    call: 'POST /v2.0/floatingips',
    creates: { type: floatingIp.type, name: 'body /floatingip/description', id: '/floatingip/id' },
    refers: { 'body /floatingip/floating_network_id': { to: { type: 'network' }, or: 'fixture' } },
    values: ['body /floatingip/description'],
  },
  { call: 'DELETE /v2.0/floatingips/{floatingip_id}', refers: { 'path floatingip_id': { to: floatingIp } } },
  {
    call: 'POST /v2.0/security-groups',
    creates: { type: securityGroup.type, name: 'body /security_group/name', id: '/security_group/id' },
    refers: {},
    values: ['body /security_group/name'],
  },
  {
    call: 'PUT /v2.0/security-groups/{security_group_id}',
    refers: { 'path security_group_id': { to: securityGroup } },
    values: ['body /security_group/name'],
  },
  {
    call: 'DELETE /v2.0/security-groups/{security_group_id}',
    refers: { 'path security_group_id': { to: securityGroup } },
  },
];
