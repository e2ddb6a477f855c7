/** What server actions do, and what their responses contain. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, type CloudName, eventually, Lab, message, type Response, text, unknownId } from '../lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(async () => {
  expect(lab.simulator.internalErrors).toEqual([]);
  await lab.close();
});

async function ask(method: string, path: string, version?: string, body?: unknown, as: CloudName = 'sim-demo') {
  return (await lab.as(as)).compute(method, path, {
    ...(version !== undefined && { version }),
    ...(body !== undefined && { body }),
  });
}

const act = (id: string, body: unknown, version = '2.1', as: CloudName = 'sim-demo'): Promise<Response> =>
  ask('POST', `/servers/${id}/action`, version, body, as);

async function shown(id: string, pointer: string, version = '2.104'): Promise<unknown> {
  return at((await ask('GET', `/servers/${id}`, version, undefined, 'sim-admin')).body, `/server/${pointer}`);
}

const connected = (extra: object = {}): Promise<string> => lab.server({ networks: 'auto', ...extra });

async function image(id: string): Promise<Response> {
  const { token } = await lab.as('sim-demo');
  const response = await fetch(`${lab.origin}/image/v2/images/${id}`, { headers: { 'X-Auth-Token': token } });
  const received = await response.text();
  const body = response.status === 200 ? (JSON.parse(received) as unknown) : undefined;
  return { status: response.status, headers: response.headers, text: received, body };
}

describe('a rebuild', () => {
  it('keeps the id and the addresses, and changes what it is asked to change', async () => {
    const id = await connected();
    const addresses = await shown(id, 'addresses');
    const wanted = {
      imageRef: await lab.image(),
      name: 'rebuilt',
      description: 'again',
      metadata: { purpose: 'tests' },
      hostname: 'rebuilt-host',
      user_data: 'aGVsbG8=',
    };
    const response = await act(id, { rebuild: wanted }, '2.90');
    expect(response.status, response.text).toBe(202);
    expect(response.headers.get('location')).toContain(`/servers/${id}`);
    expect(at(response.body, '/server/adminPass')).toMatch(/.{12}/);
    expect(at(response.body, '/server/user_data')).toBe('aGVsbG8=');
    expect(at(response.body, '/server/status')).toBe('REBUILD');
    await lab.serverIs(id, 'ACTIVE');
    expect(await shown(id, 'addresses')).toEqual(addresses);
    expect(await shown(id, 'name')).toBe('rebuilt');
    expect(await shown(id, 'description')).toBe('again');
    expect(await shown(id, 'metadata')).toEqual({ purpose: 'tests' });
    expect(await shown(id, 'OS-EXT-SRV-ATTR:hostname')).toBe('rebuilt-host');
  });

  it.each([
    ['2.53', { key_name: null }, 400],
    ['2.54', { key_name: null }, 202],
    ['2.54', { key_name: 'missing' }, 400],
    ['2.56', { user_data: 'aGVsbG8=' }, 400],
    ['2.57', { user_data: 'aGVsbG8=' }, 202],
    ['2.57', { user_data: 'not base64' }, 400],
    ['2.56', { personality: [] }, 202],
    ['2.57', { personality: [] }, 400],
    ['2.18', { description: 'text' }, 400],
    ['2.62', { trusted_image_certificates: null }, 400],
    ['2.63', { trusted_image_certificates: null }, 202],
    ['2.89', { hostname: 'name' }, 400],
    ['2.1', { other: 1 }, 400],
    ['2.1', { imageRef: unknownId }, 400],
    ['2.1', { imageRef: 'no-uuid' }, 400],
  ])('at %s with %j is %i', async (version, wanted, status) => {
    const id = await lab.server();
    const response = await act(id, { rebuild: { imageRef: await lab.image(), ...wanted } }, version);
    expect(response.status, response.text).toBe(status);
  });
});

describe('an image of a server', () => {
  it('becomes active, and is named in a header up to 2.44 and in the body from 2.45 on', async () => {
    const id = await lab.server();
    const early = await act(id, { createImage: { name: 'early', metadata: { kind: 'kept' } } }, '2.44');
    expect([early.status, early.text]).toEqual([202, '']);
    const first = early.headers.get('location')?.split('/').at(-1) ?? '';
    await lab.serverIs(id, 'ACTIVE');
    expect((await image(first)).body).toMatchObject({
      name: 'early',
      status: 'active',
      kind: 'kept',
      instance_uuid: id,
    });
    const late = await act(id, { createImage: { name: 'late' } }, '2.45');
    expect([late.status, late.headers.get('location')]).toEqual([202, null]);
    const second = text(late, '/image_id');
    expect((await image(second)).body).toMatchObject({ name: 'late', status: 'queued' });
    await eventually(async () => at((await image(second)).body, '/status') === 'active');
  });

  it('of a paused server that was booted from a volume is refused', async () => {
    const uuid = await lab.image();
    const root = { boot_index: 0, uuid, source_type: 'image', destination_type: 'volume', volume_size: 1 };
    const id = await lab.server({ block_device_mapping_v2: [root] });
    expect((await act(id, { createImage: { name: 'one' } })).status).toBe(202);
    await lab.serverIs(id, 'ACTIVE');
    expect((await act(id, { createBackup: { name: 'one', backup_type: 'daily', rotation: 1 } })).status).toBe(400);
    await lab.runAction(id, { pause: null }, 'PAUSED');
    expect((await act(id, { createImage: { name: 'two' } })).status).toBe(409);
  });

  it('as a back-up replaces the older ones of its type', async () => {
    const id = await lab.server();
    const kept: string[] = [];
    for (const backup_type of ['daily', 'daily', 'weekly']) {
      const response = await act(id, { createBackup: { name: 'kept', backup_type, rotation: 1 } }, '2.45');
      kept.push(text(response, '/image_id'));
      await lab.serverIs(id, 'ACTIVE');
    }
    const found = await Promise.all(kept.map(image));
    expect(found.map(({ status }) => status)).toEqual([404, 200, 200]);
    const none = await act(id, { createBackup: { name: 'none', backup_type: 'daily', rotation: 0 } }, '2.45');
    expect(none.status).toBe(202);
    await lab.serverIs(id, 'ACTIVE');
    expect((await image(kept[1] ?? '')).status).toBe(404);
    expect((await image(text(none, '/image_id'))).status).toBe(404);
  });

  it.each([
    [{ createImage: {} }, 400],
    [{ createImage: { name: '' } }, 400],
    [{ createImage: { name: 'x', metadata: { key: 1 } } }, 400],
    [{ createBackup: { name: 'x', backup_type: 'daily' } }, 400],
    [{ createBackup: { name: 'x', backup_type: 'daily', rotation: -1 } }, 400],
    [{ createBackup: { name: 'x', backup_type: 'daily', rotation: 'one' } }, 400],
  ])('with %j is %i', async (body, status) => {
    expect((await act(await lab.server(), body)).status).toBe(status);
  });
});

describe('a move to another host', () => {
  const host = (id: string): Promise<unknown> => shown(id, 'OS-EXT-SRV-ATTR:host');
  const live = (wanted: object = {}): object => ({
    'os-migrateLive': { host: null, block_migration: 'auto', ...wanted },
  });

  it('is confirmed or reverted like a resize', async () => {
    const id = await lab.server();
    await lab.runAction(id, { migrate: null }, 'VERIFY_RESIZE', 'sim-admin');
    expect(await host(id)).toBe('sim-host-2');
    await lab.runAction(id, { revertResize: null }, 'ACTIVE');
    expect(await host(id)).toBe('sim-host');
    expect((await act(id, { migrate: { host: 'sim-host-2' } }, '2.56', 'sim-admin')).status).toBe(202);
    await lab.serverIs(id, 'VERIFY_RESIZE');
    await lab.runAction(id, { confirmResize: null }, 'ACTIVE');
    expect(await host(id)).toBe('sim-host-2');
    const { body } = await ask('GET', `/os-migrations?instance_uuid=${id}`, '2.80', undefined, 'sim-admin');
    expect(at(body, '/migrations/0')).toMatchObject({
      status: 'confirmed',
      migration_type: 'migration',
      source_compute: 'sim-host',
      dest_compute: 'sim-host-2',
      instance_uuid: id,
    });
    expect(at(body, '/migrations/1')).toMatchObject({ status: 'reverted' });
  });

  it.each([
    [{ migrate: { host: 'sim-host' } }, '2.56', 'sim-admin', 400],
    [{ migrate: { host: 'missing' } }, '2.56', 'sim-admin', 400],
    [{ migrate: { other: null } }, '2.56', 'sim-admin', 400],
    [{ migrate: { other: null } }, '2.55', 'sim-admin', 202],
    [{ migrate: null }, '2.1', 'sim-demo', 403],
    [live(), '2.24', 'sim-admin', 400],
    [live({ block_migration: false, disk_over_commit: false }), '2.24', 'sim-admin', 202],
    [live({ block_migration: false }), '2.24', 'sim-admin', 400],
    [live({ disk_over_commit: false }), '2.25', 'sim-admin', 400],
    [live({ force: true }), '2.29', 'sim-admin', 400],
    [live({ force: true, host: 'sim-host-2' }), '2.30', 'sim-admin', 202],
    [live({ force: true }), '2.68', 'sim-admin', 400],
    [live({ host: 'sim-host' }), '2.25', 'sim-admin', 400],
    [live({ host: 'missing' }), '2.25', 'sim-admin', 400],
    [live(), '2.25', 'sim-demo', 403],
  ] as const)('with %j at %s as %s is %i', async (body, version, as, status) => {
    const response = await act(await lab.server(), body, version, as);
    expect(response.status, response.text).toBe(status);
  });

  it('while running is listed, and can be aborted or completed', async () => {
    const slow = await Lab.start({ pace: 60 });
    const admin = await slow.as('sim-admin');
    const id = await slow.server();
    const path = `/servers/${id}/migrations`;
    const migrations = async (): Promise<readonly unknown[]> =>
      at((await admin.compute('GET', path, { version: '2.80' })).body, '/migrations') as readonly unknown[];
    const running = async (): Promise<string> => {
      await eventually(async () => at((await migrations())[0], '/status') === 'running');
      return String(at((await migrations())[0], '/id'));
    };
    const move = { version: '2.25', body: live() };
    expect((await admin.compute('POST', `/servers/${id}/action`, move)).status).toBe(202);
    const early = at((await migrations())[0], '/id');
    expect((await admin.compute('DELETE', `${path}/${String(early)}`, { version: '2.64' })).status).toBe(400);
    const first = await running();
    expect(await (await admin.compute('GET', `${path}/${first}`, { version: '2.23' })).body).not.toHaveProperty(
      'migration.uuid',
    );
    expect((await admin.compute('GET', `/servers/${id}`)).body).toMatchObject({ server: { status: 'MIGRATING' } });
    expect((await admin.compute('DELETE', `${path}/${first}`, { version: '2.24' })).status).toBe(202);
    await slow.serverIs(id, 'ACTIVE');
    expect(await migrations()).toEqual([]);
    expect((await admin.compute('GET', `${path}/${first}`, { version: '2.23' })).status).toBe(404);
    expect((await admin.compute('POST', `/servers/${id}/action`, move)).status).toBe(202);
    const second = await running();
    const complete = { version: '2.22', body: { force_complete: null } };
    expect((await admin.compute('POST', `${path}/${second}/action`, complete)).status).toBe(202);
    await slow.serverIs(id, 'ACTIVE');
    const { body } = await admin.compute('GET', `/servers/${id}`);
    expect(at(body, '/server/OS-EXT-SRV-ATTR:host')).toBe('sim-host-2');
    expect((await admin.compute('POST', `${path}/${second}/action`, complete)).status).toBe(409);
    expect(slow.simulator.internalErrors).toEqual([]);
    await slow.close();
  });
});

describe('an evacuation', () => {
  it('needs a host that is down, and stops the server from 2.95 on', async () => {
    const own = await Lab.start();
    const admin = await own.as('sim-admin');
    const evacuate = (id: string, version: string, wanted: object = {}): Promise<Response> =>
      admin.compute('POST', `/servers/${id}/action`, { version, body: { evacuate: wanted } });
    const [early, late, last] = await Promise.all([own.server(), own.server(), own.server()]);
    expect((await evacuate(early, '2.14')).status).toBe(400);
    const { body } = await admin.compute('GET', '/os-services?host=sim-host', { version: '2.53' });
    const service = String(at(body, '/services/0/id'));
    const down = await admin.compute('PUT', `/os-services/${service}`, {
      version: '2.53',
      body: { forced_down: true },
    });
    expect(down.body).toMatchObject({ service: { id: service, state: 'down', forced_down: true } });
    expect((await evacuate(early, '2.13')).status).toBe(400);
    expect((await evacuate(early, '2.13', { onSharedStorage: true, adminPass: 'x' })).status).toBe(400);
    const first = await evacuate(early, '2.13', { onSharedStorage: false, adminPass: 'secret' });
    expect([first.status, first.body]).toEqual([200, { adminPass: 'secret' }]);
    expect((await evacuate(late, '2.14', { onSharedStorage: false })).status).toBe(400);
    const second = await evacuate(late, '2.94', { host: 'sim-host-2' });
    expect([second.status, second.text]).toEqual([200, '']);
    expect((await evacuate(last, '2.95')).status).toBe(200);
    await own.serverIs(early, 'ACTIVE');
    await own.serverIs(late, 'ACTIVE');
    await own.serverIs(last, 'SHUTOFF');
    const shownLast = await admin.compute('GET', `/servers/${last}`);
    expect(at(shownLast.body, '/server/OS-EXT-SRV-ATTR:host')).toBe('sim-host-2');
    expect((await evacuate(early, '2.14', { host: 'missing' })).status).toBe(404);
    await own.close();
  });
});

describe('a console', () => {
  it('shows the last lines that are asked for', async () => {
    const id = await lab.server();
    const output = async (length: unknown): Promise<readonly string[]> => {
      const wanted = length === undefined ? {} : { length };
      return text(await act(id, { 'os-getConsoleOutput': wanted }), '/output')
        .trimEnd()
        .split('\n');
    };
    const whole = await output(undefined);
    expect(await output(-1)).toEqual(whole);
    expect(await output(null)).toEqual(whole);
    expect(await output('3')).toEqual(whole.slice(-3));
    expect((await act(id, { 'os-getConsoleOutput': { length: -2 } })).status).toBe(400);
    expect((await act(id, { 'os-getConsoleOutput': { length: 'all' } })).status).toBe(400);
  });

  it.each([
    ['os-getVNCConsole', 'novnc', 200],
    ['os-getVNCConsole', 'xvpvnc', 400],
    ['os-getVNCConsole', 'other', 400],
    ['os-getSPICEConsole', 'spice-html5', 200],
    ['os-getSerialConsole', 'serial', 200],
    ['os-getRDPConsole', 'rdp-html5', 400],
  ])('by %s of type %s is %i up to 2.5, and unknown afterwards', async (key, type, status) => {
    const id = await lab.server();
    const response = await act(id, { [key]: { type } }, '2.5');
    expect(response.status).toBe(status);
    if (status === 200)
      expect(response.body).toMatchObject({ console: { type, url: expect.stringContaining('token') as unknown } });
    expect((await act(id, { [key]: { type } }, '2.6')).status).toBe(404);
  });

  it.each([
    ['2.5', 'vnc', 'novnc', 404],
    ['2.6', 'vnc', 'novnc', 200],
    ['2.6', 'vnc', 'serial', 400],
    ['2.7', 'mks', 'webmks', 400],
    ['2.98', 'spice', 'spice-direct', 400],
    ['2.99', 'spice', 'spice-direct', 200],
  ])('at %s by %s of type %s is %i', async (version, protocol, type, status) => {
    const id = await lab.server();
    const body = { remote_console: { protocol, type } };
    const response = await ask('POST', `/servers/${id}/remote-consoles`, version, body);
    expect(response.status).toBe(status);
    if (status !== 200) return;
    expect(response.body).toMatchObject({ remote_console: { protocol, type } });
    const token = text(response, '/remote_console/url').split(/token(?:=|%3D)/)[1] ?? '';
    const connection = await ask('GET', `/os-console-auth-tokens/${token}`, '2.31', undefined, 'sim-admin');
    expect(connection.body).toMatchObject({ console: { instance_uuid: id, host: 'sim-host' } });
    expect((await ask('GET', `/os-console-auth-tokens/${token}`, '2.31')).status).toBe(403);
    expect((await ask('GET', `/os-console-auth-tokens/${unknownId}`, '2.31', undefined, 'sim-admin')).status).toBe(404);
  });
});

describe('the network of a server', () => {
  const names = async (id: string): Promise<unknown> => {
    const { body } = await ask('GET', `/servers/${id}/os-security-groups`);
    return (at(body, '/security_groups') as readonly unknown[]).map((group) => at(group, '/name'));
  };

  it('has the security groups that were added and not removed', async () => {
    const id = await connected();
    expect(await names(id)).toEqual(['default']);
    expect((await act(id, { addSecurityGroup: { name: 'web' } })).status).toBe(202);
    expect(await names(id)).toEqual(['default', 'web']);
    expect(await shown(id, 'security_groups')).toEqual([{ name: 'default' }, { name: 'web' }]);
    expect((await act(id, { removeSecurityGroup: { name: 'default' } })).status).toBe(202);
    expect(await names(id)).toEqual(['web']);
    expect((await act(id, { removeSecurityGroup: { name: 'default' } })).status).toBe(404);
    expect((await act(id, { addSecurityGroup: { name: 'missing' } })).status).toBe(404);
    expect((await act(id, { addSecurityGroup: {} })).status).toBe(400);
    expect((await act(await lab.server(), { addSecurityGroup: { name: 'web' } })).status).toBe(404);
  });

  it('gets and loses fixed addresses up to 2.43', async () => {
    const id = await connected();
    const { body } = await ask('GET', `/servers/${id}/os-interface`);
    const networkId = at(body, '/interfaceAttachments/0/net_id');
    expect((await act(id, { addFixedIp: { networkId } }, '2.44')).status).toBe(404);
    expect((await act(id, { addFixedIp: { networkId } }, '2.43')).status).toBe(202);
    const addresses = (await shown(id, 'addresses/private')) as readonly unknown[];
    expect(addresses).toHaveLength(2);
    const address = at(addresses[1], '/addr');
    expect((await act(id, { removeFixedIp: { address } }, '2.43')).status).toBe(202);
    expect(await shown(id, 'addresses/private')).toHaveLength(1);
    // A removal is only begun by the call: of an address that the server does not have, nothing comes.
    expect((await act(id, { removeFixedIp: { address } }, '2.43')).status).toBe(202);
    expect(await shown(id, 'addresses/private')).toHaveLength(1);
    expect((await act(id, { removeFixedIp: { address: 'none' } }, '2.43')).status).toBe(400);
    expect((await act(id, { addFixedIp: { networkId: unknownId } }, '2.43')).status).toBe(202);
    expect(await shown(id, 'addresses/private')).toHaveLength(1);
  });

  it('has the floating address that is associated with it, up to 2.43', async () => {
    const id = await connected();
    const made = await ask('POST', '/os-floating-ips', '2.35', { pool: 'public' });
    const address = text(made, '/floating_ip/ip');
    const path = `/os-floating-ips/${text(made, '/floating_ip/id')}`;
    const associated = async (): Promise<unknown> => at((await ask('GET', path)).body, '/floating_ip/instance_id');
    expect((await act(id, { removeFloatingIp: { address } }, '2.43')).status).toBe(409);
    expect((await act(id, { addFloatingIp: { address } }, '2.44')).status).toBe(404);
    expect((await act(id, { addFloatingIp: { address, fixed_address: '10.9.9.9' } }, '2.43')).status).toBe(400);
    expect((await act(id, { addFloatingIp: { address: '172.30.0.1' } }, '2.43')).status).toBe(404);
    expect((await act(await lab.server(), { addFloatingIp: { address } }, '2.43')).status).toBe(400);
    expect((await act(id, { addFloatingIp: { address } }, '2.43')).status).toBe(202);
    expect(await associated()).toBe(id);
    expect((await ask('GET', path, '2.35', undefined, 'sim-alt')).status).toBe(404);
    expect((await act(id, { removeFloatingIp: { address } }, '2.43')).status).toBe(202);
    expect(await associated()).toBeNull();
    expect((await ask('POST', '/os-floating-ips', '2.35', { pool: 'missing' })).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(202);
    expect(at((await ask('GET', '/os-floating-ips')).body, '/floating_ips')).toEqual([]);
    expect((await ask('GET', '/os-floating-ips', '2.36')).status).toBe(404);
  });

  it('can be reset in the first release only', async () => {
    const id = await lab.server();
    expect((await act(id, { resetNetwork: null }, '2.1', 'sim-admin')).status).toBe(410);
    expect((await act(id, { injectNetworkInfo: null }, '2.1', 'sim-admin')).status).toBe(202);
    expect((await act(id, { injectNetworkInfo: null })).status).toBe(403);
    const queens = await Lab.start({ maximum: '2.60' });
    await queens.runAction(await queens.server(), { resetNetwork: null }, 'ACTIVE', 'sim-admin');
    await queens.close();
  });
});

describe('a lock', () => {
  it.each([
    ['2.72', { locked_reason: 'why' }, 202, undefined],
    ['2.73', { locked_reason: 'why' }, 202, 'why'],
    ['2.73', { locked_reason: '' }, 400, null],
    ['2.73', { other: 'why' }, 400, null],
    ['2.72', 'anything', 202, undefined],
    ['2.73', 'anything', 400, null],
    ['2.73', null, 202, null],
  ])('at %s with %j is %i', async (version, lock, status, reason) => {
    const id = await lab.server();
    expect((await act(id, { lock }, version)).status).toBe(status);
    expect(await shown(id, 'locked_reason')).toBe(reason ?? null);
  });

  it('keeps the owner from every action that checks it, and not an administrator', async () => {
    const id = await connected();
    await act(id, { lock: null });
    const refused = [
      { 'os-stop': null },
      { pause: null },
      { suspend: null },
      { reboot: { type: 'HARD' } },
      { resize: { flavorRef: '84' } },
      { rebuild: { imageRef: await lab.image() } },
      { rescue: null },
      { shelve: null },
      { changePassword: { adminPass: 'x' } },
      { forceDelete: null },
    ];
    for (const body of refused) {
      const response = await act(id, body);
      expect([response.status, message(response)], JSON.stringify(body)).toEqual([409, `Instance ${id} is locked`]);
    }
    expect((await act(id, { createImage: { name: 'kept' } })).status).toBe(202);
    await lab.serverIs(id, 'ACTIVE');
    await lab.runAction(id, { pause: null }, 'PAUSED', 'sim-admin');
  });
});

describe('an unshelve', () => {
  it.each([
    ['2.76', {}, 202, null],
    ['2.77', {}, 400, null],
    ['2.77', { availability_zone: 'nova' }, 202, 'nova'],
    ['2.90', { availability_zone: null }, 400, null],
    ['2.91', { availability_zone: null }, 202, null],
    ['2.91', { availability_zone: 'missing' }, 400, null],
    ['2.91', { other: 'x' }, 400, null],
    ['2.91', null, 202, null],
  ])('at %s with %j is %i', async (version, unshelve, status, pinned) => {
    const id = await lab.server();
    await lab.runAction(id, { shelve: null }, 'SHELVED');
    if (status === 202 && unshelve !== null && Object.keys(unshelve).length > 0) {
      expect((await act(id, { unshelve }, version)).status).toBe(409);
    }
    await lab.runAction(id, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
    const response = await act(id, { unshelve }, version);
    expect(response.status, response.text).toBe(status);
    if (status !== 202) return;
    await lab.serverIs(id, 'ACTIVE');
    expect(await shown(id, 'pinned_availability_zone')).toBe(pinned);
  });

  it('to a host is for administrators', async () => {
    const id = await lab.server();
    await lab.runAction(id, { shelve: null }, 'SHELVED');
    await lab.runAction(id, { shelveOffload: null }, 'SHELVED_OFFLOADED', 'sim-admin');
    const body = { unshelve: { host: 'sim-host-2' } };
    expect((await act(id, body, '2.91')).status).toBe(403);
    expect((await act(id, { unshelve: { host: 'missing' } }, '2.91', 'sim-admin')).status).toBe(400);
    expect((await act(id, body, '2.91', 'sim-admin')).status).toBe(202);
    await lab.serverIs(id, 'ACTIVE');
    expect(await shown(id, 'OS-EXT-SRV-ATTR:host')).toBe('sim-host-2');
  });
});

describe('a request for no action', () => {
  it.each([[{}], [{ lock: null, unlock: null }], [{ other: null }], [[]]])('%j is refused', async (body) => {
    expect((await act(await lab.server(), body)).status).toBe(400);
  });

  it('is not found before its first microversion', async () => {
    const id = await lab.server();
    expect((await act(id, { trigger_crash_dump: null }, '2.16')).status).toBe(404);
    expect((await act(id, { trigger_crash_dump: null }, '2.17')).status).toBe(202);
  });
});
