/** The default choice of fixtures from a target, and the errors if a fixture is not available. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { range } from '../../src/microversion.ts';
import { settingKinds } from '../../suites/capabilities.ts';
import { discoverCapabilities } from '../../suites/discover-target.ts';
import type { Ask } from '../../suites/target-resources/ask.ts';
import type { FixtureChoice } from '../../src/planning/fixture-choice.ts';
import { chooseFixtures } from '../../suites/target-resources/choose.ts';
import { compute } from '../../suites/compute/service.ts';
import { ownLimits } from '../../src/planning/limits.ts';
import { resourceKinds } from '../../suites/resources.ts';
import { freeCapacity } from '../../suites/quotas.ts';

interface Cloud {
  readonly flavors?: readonly JsonObject[];
  readonly images?: readonly JsonObject[];
  readonly types?: readonly JsonObject[];
  readonly networks?: readonly JsonObject[];
  /** Of servers and of volumes. */
  readonly zones?: readonly [readonly string[], readonly string[]];
}

const tiny = { id: 'f1', name: 'tiny', ram: 64, disk: 1, vcpus: 1 };
const small = { id: 'f2', name: 'small', ram: 512, disk: 5, vcpus: 1 };
const cirros = { id: 'i1', name: 'cirros', status: 'active', size: 1000, min_disk: 0, min_ram: 0 };
const plain: Cloud = { flavors: [small, tiny], images: [cirros], types: [{ id: 't0', name: 'lvm' }] };

/** Two items per page, with the paging of each service. */
function askOf({ flavors = [], images = [], types = [], networks = [], zones = [['nova'], ['nova']] }: Cloud): Ask {
  const lists: Readonly<Record<string, readonly JsonObject[]>> = {
    flavors,
    images,
    volume_types: types,
    networks,
  };
  const keys: Readonly<Record<string, string>> = {
    '/flavors/detail': 'flavors',
    '/v2/images': 'images',
    '/types': 'volume_types',
    '/v2.0/networks': 'networks',
  };
  return async (service, path) => {
    if (path === '/os-availability-zone') {
      const names = zones[service === 'compute' ? 0 : 1];
      const info = names.map((zoneName) => ({ zoneName, zoneState: { available: zoneName !== 'down' } }));
      return response(200, { availabilityZoneInfo: info });
    }
    const [place = '', query = ''] = path.split('?');
    if (place === '/types/default') return response(200, { volume_type: types[0] ?? {} });
    const key = keys[place] ?? '';
    const all = lists[key] ?? [];
    const marker = new URLSearchParams(query).get('marker');
    const start = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
    const page = all.slice(start, start + 2);
    const more = start + 2 < all.length;
    const next: JsonObject = key === 'images' ? { next: 'x' } : { [`${key}_links`]: [{ rel: 'next', href: 'x' }] };
    return response(200, { [key]: page, ...(more ? next : {}) });
  };
}

function response(status: number, body: Json): Exchange {
  return {
    id: 'x1',
    purpose: 'discovery',
    identity: 'member',
    request: { method: 'GET', url: 'http://cloud/', headers: [] },
    response: { status, headers: [], body: JSON.stringify(body) },
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
  };
}

function choose(
  cloud: Cloud,
  given: Readonly<Record<string, string>> = {},
  versions = '2.1-2.104',
): Promise<FixtureChoice> {
  return chooseFixtures(askOf({ ...plain, ...cloud }), {
    range: range(versions),
    given,
    projectId: 'p1',
    hasEndpoint: () => true,
  });
}

const chosen: readonly (readonly [string, Cloud, Readonly<Record<string, string>>])[] = [
  ['the smallest flavor, and the next one to resize to', {}, { flavor: 'f1', other_flavor: 'f2', image: 'i1' }],
  ['a flavor with the memory of the image', { images: [{ ...cirros, min_ram: 256 }] }, { flavor: 'f2' }],
  ['a flavor with the disk of the image', { images: [{ ...cirros, min_disk: 3 }] }, { flavor: 'f2' }],
  ['a flavor with space for the whole image', { images: [{ ...cirros, virtual_size: 4 * 2 ** 30 }] }, { flavor: 'f2' }],
  [
    'no flavor without a disk',
    { flavors: [{ ...tiny, id: 'f0', disk: 0 }, small, tiny] },
    { flavor: 'f1', other_flavor: 'f2' },
  ],
  ['no disabled flavor', { flavors: [{ ...tiny, 'OS-FLV-DISABLED:disabled': true }, small] }, { flavor: 'f2' }],
  [
    'a flavor for any host before one for special hosts',
    { flavors: [{ ...tiny, extra_specs: { 'resources:VGPU': '1' } }, small] },
    { flavor: 'f2' },
  ],
  [
    'the smallest image that boots',
    {
      images: [
        { ...cirros, id: 'k', size: 1, disk_format: 'aki' },
        { ...cirros, id: 'q', size: 2, status: 'queued' },
        { ...cirros, id: 'b', size: 2000 },
        { ...cirros, id: 'a', size: 500 },
      ],
    },
    { image: 'a' },
  ],
  [
    'an image that fits on a flavor',
    { images: [{ ...cirros, id: 'huge', size: 1, min_disk: 0, min_ram: 9999 }, cirros] },
    { image: 'i1' },
  ],
  [
    'the default type, and one with multiattach',
    {
      types: [
        { id: 't0', name: 'lvm' },
        { id: 't1', name: 'x' },
        { id: 't2', name: 'm', extra_specs: { multiattach: '<is> True' } },
      ],
    },
    { volume_type: 't0', multiattach_type: 't2' },
  ],
];

test.each(chosen)('%s', async (_, cloud, expected) => {
  const { fixtures } = await choose(cloud);
  expect(Object.fromEntries(fixtures.map(({ kind, id }) => [kind, id]))).toMatchObject(expected);
  expect(new Set(fixtures.map(({ source }) => source))).toEqual(new Set(['chosen']));
});

const large = { ...cirros, virtual_size: 2.5 * 2 ** 30 };
const least = (size: string) => ({ id: 't0', name: 'lvm', extra_specs: { 'provisioning:min_vol_size': size } });
const settings: readonly (readonly [
  string,
  Cloud,
  Readonly<Record<string, string>>,
  Readonly<Record<string, string>>,
])[] = [
  ['no settings by default', {}, {}, {}],
  [
    'flavors without a disk: servers boot from volumes',
    { flavors: [{ ...tiny, disk: 0 }], images: [{ ...cirros, min_disk: 0 }] },
    {},
    { boot_from: 'volume' },
  ],
  [
    'a chosen flavor whose disk is too small',
    { images: [large] },
    { flavor: 'tiny' },
    { boot_from: 'volume', image_volume_size: '3' },
  ],
  ['an image of more than 1 GB', { images: [large] }, {}, { image_volume_size: '3' }],
  ['an image that needs a disk', { images: [{ ...cirros, min_disk: 4 }] }, {}, { image_volume_size: '4' }],
  ['a type with a minimum size', { types: [least('10')] }, {}, { volume_size: '10' }],
  [
    'a larger image on such a type',
    { types: [least('2')], images: [large] },
    {},
    { volume_size: '2', image_volume_size: '3' },
  ],
  ['a chosen size', {}, { volume_size: '20' }, { volume_size: '20' }],
  [
    'several zones for both servers and volumes',
    {
      zones: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    },
    {},
    { availability_zone: 'b', volume_zone: 'b' },
  ],
  [
    'an unavailable zone',
    {
      zones: [
        ['down', 'x'],
        ['down', 'x', 'y'],
      ],
    },
    {},
    { availability_zone: 'x', volume_zone: 'x' },
  ],
  ['zones of servers only', { zones: [['a', 'b'], ['nova']] }, {}, {}],
  [
    'a chosen zone',
    {
      zones: [
        ['a', 'b'],
        ['a', 'b'],
      ],
    },
    { availability_zone: 'b' },
    { availability_zone: 'b', volume_zone: 'b' },
  ],
  ['a zone without volumes', { zones: [['a'], ['nova']] }, { availability_zone: 'a' }, { availability_zone: 'a' }],
];

test.each(settings)('%s', async (_, cloud, given, expected) => {
  const { fixtures } = await choose(cloud, given);
  const kinds = new Set<string>(settingKinds);
  expect(Object.fromEntries(fixtures.filter(({ kind }) => kinds.has(kind)).map(({ kind, id }) => [kind, id]))).toEqual(
    expected,
  );
});

test('the smallest volume of a type that the target shows only to an administrator', async () => {
  const asked = { range: range('2.1-2.104'), given: {}, projectId: 'p1', hasEndpoint: () => true };
  const askAdmin: Ask = async (_, path) =>
    response(200, { volume_type: { ...least('8'), id: path.split('/')[2] ?? '' } });
  const { fixtures, quotaUse } = await chooseFixtures(askOf(plain), { ...asked, askAdmin });
  expect(fixtures.find(({ kind }) => kind === 'volume_size')).toEqual({
    kind: 'volume_size',
    id: '8',
    source: 'chosen',
  });
  expect(quotaUse).toEqual({ server: { cores: 1, ram: 64 }, volume: { gigabytes: 8 } });
});

const quota = (free: Readonly<Record<string, number>>) =>
  Object.entries(free).map(([id, left]) => ({ id, words: id, used: 0, most: left, free: left }));
const local = { server: { cores: 2, ram: 512 }, volume: { gigabytes: 10 } };
const fromVolumes = (gigabytes: number, each = 10) => ({
  server: { ...local.server, volumes: 1, gigabytes },
  volume: { gigabytes: each },
});

test.each([
  ['no quota', {}, local, { server: 24, volume: 60 }],
  ['cores, memory and gigabytes', { servers: 9, cores: 8, ram: 1024, gigabytes: 55 }, local, { server: 2, volume: 5 }],
  [
    'boot volumes of servers are counted first, and leave what one case needs',
    { volumes: 10, gigabytes: 100 },
    fromVolumes(20, 1),
    { server: 4, volume: 6 },
  ],
  [
    'at most as many servers as the operator allows',
    { volumes: 40, gigabytes: 1000 },
    fromVolumes(20),
    { server: 24, volume: 16 },
  ],
  ['a quota of another type', { 'server-groups': 4 }, local, { server: 24, 'server-group': 4, volume: 60 }],
  ['nothing is left', { servers: 0 }, local, { server: 0, volume: 60 }],
] as const)('capacity by quotas: %s', (_, free, uses, expected) => {
  const limits = ownLimits(resourceKinds).resources;
  expect(freeCapacity(resourceKinds, quota(free), uses, limits)).toEqual({ 'server-group': 9, ...expected });
});

test('the flavor to resize to does not have a smaller disk', async () => {
  const { fixtures } = await choose({ flavors: [{ ...tiny, disk: 9 }, small] });
  expect(fixtures.map(({ kind }) => kind)).not.toContain('other_flavor');
});

const nets = [
  { id: 'out', status: 'ACTIVE', subnets: ['s'], 'router:external': true, project_id: 'p1' },
  { id: 'bare', status: 'ACTIVE', subnets: [], project_id: 'p1' },
  { id: 'shared', status: 'ACTIVE', subnets: ['s'], shared: true, project_id: 'p9' },
  { id: 'own', status: 'ACTIVE', subnets: ['s'], project_id: 'p1' },
];

test('servers have no network if the target permits it, otherwise one of the project', async () => {
  const networkOf = ({ fixtures }: FixtureChoice): string | undefined =>
    fixtures.find(({ kind }) => kind === 'network')?.id;
  expect(networkOf(await choose({ networks: nets }))).toBeUndefined();
  expect(networkOf(await choose({ networks: nets }, {}, '2.1-2.36'))).toBe('own');
  expect(networkOf(await choose({ networks: nets.slice(0, 3) }, {}, '2.1-2.36'))).toBe('shared');
  expect(networkOf(await choose({ networks: nets }, { network: 'out' }))).toBe('out');
});

test('a fixture given by name or id is resolved, and reported as given', async () => {
  const { fixtures } = await choose({}, { flavor: 'small', image: 'i1', volume_type: 'lvm' });
  const given = fixtures.filter(({ source }) => source === 'given');
  expect(given).toEqual([
    { kind: 'flavor', id: 'f2', name: 'small', source: 'given' },
    { kind: 'image', id: 'i1', name: 'cirros', source: 'given' },
    { kind: 'volume_type', id: 't0', name: 'lvm', source: 'given' },
  ]);
});

const refused: readonly (readonly [string, Cloud, Readonly<Record<string, string>>, string])[] = [
  [
    'no image',
    { images: [] },
    {},
    'shows no active image that a server can boot from. Upload one (openstack image create)',
  ],
  ['no flavor', { flavors: [] }, {}, 'The target shows no flavor. Create one (openstack flavor create'],
  ['no suitable flavor', { images: [{ ...cirros, min_ram: 4096 }] }, {}, 'which needs 4096 MB of memory'],
  [
    'a missing flavor',
    {},
    { flavor: 'big' },
    '--flavor big: the target shows no such flavor. It shows: small (f2), tiny (f1).',
  ],
  [
    'an ambiguous name',
    { flavors: [tiny, { ...small, name: 'tiny' }] },
    { flavor: 'tiny' },
    '2 flavors have this name. Pass the id: f1, f2.',
  ],
  [
    'a missing type',
    {},
    { multiattach_type: 'm' },
    '--multiattach-type m: the target shows no such volume type. It shows: lvm (t0).',
  ],
  [
    'a missing zone',
    { zones: [['a', 'b'], []] },
    { availability_zone: 'c' },
    '--availability-zone c: there is no such zone. The Compute API has: a, b.',
  ],
];

test.each(refused)('%s is reported with the candidates and the remedy', async (_, cloud, given, says) => {
  await expect(choose(cloud, given)).rejects.toThrow(says);
});

test('every capability is reported as declared, found or assumed', async () => {
  const bare = await choose({ flavors: [tiny] });
  expect(discoverCapabilities([compute], bare, { 'service-sees-migrations': true })).toEqual({
    multiattach: { has: false, source: 'found' },
    exclusive: { has: false, source: 'assumed' },
    rescue: { has: true, source: 'found' },
    resize: { has: false, source: 'found' },
    networks: { has: false, source: 'found' },
    'floating-addresses': { has: false, source: 'found' },
    'service-sees-migrations': { has: true, source: 'declared' },
    'whole-api': { has: true, source: 'assumed' },
  });
  const named = await choose({ types: [{ id: 't', name: 'lvm-multiattach' }] });
  expect(discoverCapabilities([compute], named, {})).toEqual({
    multiattach: { has: true, source: 'assumed' },
    exclusive: { has: false, source: 'assumed' },
    rescue: { has: true, source: 'found' },
    resize: { has: true, source: 'found' },
    networks: { has: false, source: 'found' },
    'floating-addresses': { has: false, source: 'found' },
    'service-sees-migrations': { has: false, source: 'assumed' },
    'whole-api': { has: true, source: 'assumed' },
  });
  expect(() => discoverCapabilities([compute], bare, { resize: true })).toThrow('Pass --resize-flavor.');
});
