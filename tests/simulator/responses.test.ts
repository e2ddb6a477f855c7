/** The responses of the simulator have the form that the contract gives them, at each revision, for members and admins. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chosenContracts } from '../../cli/chosen-contract.ts';
import type { OperationId } from '../../src/contract/model.ts';
import type { Json } from '../../src/json.ts';
import { compareMicroversions, microversion } from '../../src/microversion.ts';
import { matchBody } from '../../src/schema/match.ts';
import { schemaStore } from '../../src/schema/schema-store.ts';
import { at, type CloudName, eventually, Lab } from './lab.ts';

const [{ contract }] = (await chosenContracts({}, () => true)).chosen;
const store = schemaStore(contract);
const byId = new Map(contract.operations.map((operation) => [operation.id as string, operation]));

let lab: Lab;
/** What stands for the parts of a path and a body. */
const known = new Map<string, string>();

beforeAll(async () => {
  lab = await Lab.start();
  const demo = await lab.as('sim-demo');
  known.set('image', await lab.image()).set('project', demo.projectId);
  known.set('server', await lab.server({ networks: 'auto', metadata: { key: 'value' }, user_data: 'aGVsbG8=' }));
  const group = await demo.compute('POST', '/os-server-groups', {
    version: '2.64',
    body: { server_group: { name: 'g', policy: 'affinity' } },
  });
  known.set('group', String(at(group.body, '/server_group/id')));
  const server = known.get('server') ?? '';
  const volume = await lab.volume();
  await lab.attach(server, volume);
  await lab.runAction(server, { migrate: null }, 'VERIFY_RESIZE', 'sim-admin');
  await lab.runAction(server, { revertResize: null }, 'ACTIVE');
  await demo.compute('PUT', `/servers/${server}/tags/one`, { version: '2.26' });
  const { body: ports } = await demo.compute('GET', `/servers/${server}/os-interface`);
  known.set('port', String(at(ports, '/interfaceAttachments/0/port_id'))).set('volume', volume);
  known.set('network', String(at(ports, '/interfaceAttachments/0/net_id')));
  const { body: log } = await demo.compute('GET', `/servers/${server}/os-instance-actions`);
  known.set('request', String(at(log, '/instanceActions/0/request_id')));
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

type Call = readonly [operation: string, path: string, body?: unknown, as?: CloudName];

const one = '/servers/{server}';
const reads: readonly Call[] = [
  ['list-servers', '/servers?limit=1'],
  ['list-servers-detailed', '/servers/detail?limit=1'],
  ['list-servers-detailed', '/servers/detail?all_tenants=1', undefined, 'sim-admin'],
  ['show-server-details', one],
  ['show-server-details', one, undefined, 'sim-admin'],
  ['list-all-metadata', `${one}/metadata`],
  ['show-metadata-item-details', `${one}/metadata/key`],
  ['list-tags', `${one}/tags`],
  ['check-tag-existence', `${one}/tags/one`],
  ['list-ips', `${one}/ips`],
  ['show-ip-details', `${one}/ips/private`],
  ['list-security-groups-by-server', `${one}/os-security-groups`],
  ['show-server-password', `${one}/os-server-password`],
  ['show-server-diagnostics', `${one}/diagnostics`, undefined, 'sim-admin'],
  ['show-server-topology', `${one}/topology`],
  ['show-server-topology', `${one}/topology`, undefined, 'sim-admin'],
  ['list-port-interfaces', `${one}/os-interface`],
  ['show-port-interface-details', `${one}/os-interface/{port}`],
  ['list-actions-for-server', `${one}/os-instance-actions`],
  ['show-server-action-details', `${one}/os-instance-actions/{request}`],
  ['show-server-action-details', `${one}/os-instance-actions/{request}`, undefined, 'sim-admin'],
  ['list-migrations-in-os-migrations', '/os-migrations', undefined, 'sim-admin'],
  ['list-migrations-in-server-migrations', `${one}/migrations`, undefined, 'sim-admin'],
  ['list-volume-attachments', `${one}/os-volume_attachments`],
  ['show-volume-attachment', `${one}/os-volume_attachments/{volume}`],
  ['list-server-groups', '/os-server-groups'],
  ['show-server-group-details', '/os-server-groups/{group}'],
  ['list-flavors', '/flavors'],
  ['list-flavors-with-details', '/flavors/detail'],
  ['show-flavor-details', '/flavors/42'],
  ['list-compute-services', '/os-services', undefined, 'sim-admin'],
  ['show-rate-and-absolute-limits', '/limits'],
  ['show-a-quota', '/os-quota-sets/{project}'],
  ['show-the-detail-of-quota', '/os-quota-sets/{project}/detail'],
  ['get-availability-zone-information', '/os-availability-zone'],
];

const action = `${one}/action`;
/** Changes that leave the server as it was, or that bring it back. */
const changes: readonly Call[] = [
  ['update-server', one, { server: { name: 'renamed' } }],
  ['create-or-update-metadata-items', `${one}/metadata`, { metadata: { key: 'value' } }],
  ['replace-metadata-items', `${one}/metadata`, { metadata: { key: 'value' } }],
  ['create-or-update-metadata-item', `${one}/metadata/key`, { meta: { key: 'value' } }],
  ['replace-tags', `${one}/tags`, { tags: ['one'] }],
  ['add-a-single-tag', `${one}/tags/one`],
  ['create-interface', `${one}/os-interface`, { interfaceAttachment: {} }],
  ['lock-server', action, { lock: null }],
  ['unlock-server', action, { unlock: null }],
  ['show-console-output', action, { 'os-getConsoleOutput': { length: 3 } }],
  ['get-vnc-console', action, { 'os-getVNCConsole': { type: 'novnc' } }],
  [
    'create-console-in-servers-remote-consoles',
    `${one}/remote-consoles`,
    { remote_console: { protocol: 'vnc', type: 'novnc' } },
  ],
  ['rebuild-server', action, { rebuild: { imageRef: '{image}' } }],
  ['create-image', action, { createImage: { name: 'kept' } }],
  ['create-server-back-up', action, { createBackup: { name: 'kept', backup_type: 'daily', rotation: 1 } }],
  ['change-administrative-password', action, { changePassword: { adminPass: 'x' } }],
  ['rescue-server', action, { rescue: null }],
  ['unrescue-server', action, { unrescue: null }],
  ['reboot-server', action, { reboot: { type: 'HARD' } }],
];

function filled(text: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole);
}

/** The first microversion of each revision, and the newest of all. */
function versionsOf(id: string): readonly string[] {
  const operation = byId.get(`compute/${id}`);
  const all = [
    '2.1',
    '2.3',
    '2.16',
    '2.23',
    '2.26',
    '2.37',
    '2.44',
    '2.45',
    '2.47',
    '2.48',
    '2.51',
    '2.55',
    '2.58',
    '2.59',
  ];
  const later = [
    '2.61',
    '2.63',
    '2.70',
    '2.71',
    '2.73',
    '2.75',
    '2.79',
    '2.80',
    '2.84',
    '2.89',
    '2.90',
    '2.96',
    '2.98',
    '2.100',
    '2.102',
    '2.104',
  ];
  return [...all, ...later].filter((version) => {
    const now = microversion(version);
    const { first, last } = operation?.range ?? {};
    return first && compareMicroversions(now, first) >= 0 && (!last || compareMicroversions(now, last) <= 0);
  });
}

/** Actions that make one possible, and those that undo it. */
const before: Readonly<Record<string, object>> = { 'unrescue-server': { rescue: null } };
const after: Readonly<Record<string, object>> = { 'rescue-server': { unrescue: null } };

async function runAction(body: object | undefined): Promise<void> {
  if (!body) return;
  await (await lab.as('sim-demo')).compute('POST', filled(action), { body });
  await settled();
}

const rows = [...reads, ...changes].map(([id, path, wanted, as = 'sim-demo']) => ({ id, path, wanted, as }));

test.each(rows)('$id by $as', async ({ id, path, wanted, as }) => {
  const session = await lab.as(as);
  const method = byId.get(`compute/${id}`)?.method ?? '';
  const deviations: string[] = [];
  for (const version of versionsOf(id)) {
    await runAction(before[id]);
    const body = wanted === undefined ? {} : { body: JSON.parse(filled(JSON.stringify(wanted))) as unknown };
    const response = await session.compute(method, filled(path), { version, ...body });
    expect(response.status, `${version} ${response.text}`).toBeLessThan(300);
    const expected = store.response(`compute/${id}` as OperationId, microversion(version), response.status);
    const found = expected?.kind === 'json' ? matchBody(expected.schema, response.body as Json) : [];
    if (expected?.kind !== 'json') expect(response.text, version).toBe('');
    expect(expected, version).toBeDefined();
    deviations.push(...found.map(({ pointer, expected: needed }) => `${version} ${pointer}: ${needed}`));
    if (wanted !== undefined) await settled();
    await runAction(after[id]);
  }
  expect(deviations).toEqual([]);
});

async function settled(): Promise<void> {
  const admin = await lab.as('sim-admin');
  await eventually(async () => {
    const { body } = await admin.compute('GET', filled(one));
    return at(body, '/server/OS-EXT-STS:task_state') === null;
  });
}
