/** What a run takes of its target when nobody says, and what it says when that cannot be had. */
import { expect, test } from 'vitest';
import type { Exchange } from '../../src/client/exchange.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { range } from '../../src/microversion.ts';
import { discoverCapabilities } from '../../suites/discover.ts';
import type { Ask } from '../../suites/fixtures/ask.ts';
import { chooseFixtures, type Choice } from '../../suites/fixtures/choose.ts';

interface Cloud {
  readonly flavors?: readonly JsonObject[];
  readonly images?: readonly JsonObject[];
  readonly types?: readonly JsonObject[];
  readonly networks?: readonly JsonObject[];
}

const tiny = { id: 'f1', name: 'tiny', ram: 64, disk: 1, vcpus: 1 };
const small = { id: 'f2', name: 'small', ram: 512, disk: 5, vcpus: 1 };
const cirros = { id: 'i1', name: 'cirros', status: 'active', size: 1000, min_disk: 0, min_ram: 0 };
const plain: Cloud = { flavors: [small, tiny], images: [cirros], types: [{ id: 't0', name: 'lvm' }] };

/** Two things a page, with the paging of each service. */
function askOf({ flavors = [], images = [], types = [], networks = [] }: Cloud): Ask {
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
  return async (_, path) => {
    const [place = '', query = ''] = path.split('?');
    if (place === '/types/default') return reply(200, { volume_type: types[0] ?? {} });
    const key = keys[place] ?? '';
    const all = lists[key] ?? [];
    const marker = new URLSearchParams(query).get('marker');
    const start = marker === null ? 0 : all.findIndex(({ id }) => id === marker) + 1;
    const page = all.slice(start, start + 2);
    const more = start + 2 < all.length;
    const next: JsonObject = key === 'images' ? { next: 'x' } : { [`${key}_links`]: [{ rel: 'next', href: 'x' }] };
    return reply(200, { [key]: page, ...(more ? next : {}) });
  };
}

function reply(status: number, body: Json): Exchange {
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

function choose(cloud: Cloud, given: Readonly<Record<string, string>> = {}, versions = '2.1-2.104'): Promise<Choice> {
  return chooseFixtures(askOf({ ...plain, ...cloud }), {
    range: range(versions),
    given,
    projectId: 'p1',
    hasNetworks: true,
  });
}

const chosen: readonly (readonly [string, Cloud, Readonly<Record<string, string>>])[] = [
  ['the smallest flavor, and the next one to resize to', {}, { flavor: 'f1', other_flavor: 'f2', image: 'i1' }],
  ['a flavor with the memory of the image', { images: [{ ...cirros, min_ram: 256 }] }, { flavor: 'f2' }],
  ['a flavor with the disk of the image', { images: [{ ...cirros, min_disk: 3 }] }, { flavor: 'f2' }],
  ['a flavor that holds the whole image', { images: [{ ...cirros, virtual_size: 4 * 2 ** 30 }] }, { flavor: 'f2' }],
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
    'an image that a flavor is large enough for',
    { images: [{ ...cirros, id: 'huge', size: 1, min_disk: 0, min_ram: 9999 }, cirros] },
    { image: 'i1' },
  ],
  [
    'the default type, and one that says it takes several servers',
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
  expect(new Set(fixtures.map(({ told }) => told))).toEqual(new Set(['chosen']));
});

test('no flavor to resize to has a smaller disk', async () => {
  const { fixtures } = await choose({ flavors: [{ ...tiny, disk: 9 }, small] });
  expect(fixtures.map(({ kind }) => kind)).not.toContain('other_flavor');
});

const nets = [
  { id: 'out', status: 'ACTIVE', subnets: ['s'], 'router:external': true, project_id: 'p1' },
  { id: 'bare', status: 'ACTIVE', subnets: [], project_id: 'p1' },
  { id: 'shared', status: 'ACTIVE', subnets: ['s'], shared: true, project_id: 'p9' },
  { id: 'own', status: 'ACTIVE', subnets: ['s'], project_id: 'p1' },
];

test('servers are without a network where the target allows it, else in one of the project', async () => {
  const networkOf = ({ fixtures }: Choice): string | undefined => fixtures.find(({ kind }) => kind === 'network')?.id;
  expect(networkOf(await choose({ networks: nets }))).toBeUndefined();
  expect(networkOf(await choose({ networks: nets }, {}, '2.1-2.36'))).toBe('own');
  expect(networkOf(await choose({ networks: nets.slice(0, 3) }, {}, '2.1-2.36'))).toBe('shared');
  expect(networkOf(await choose({ networks: nets }, { network: 'out' }))).toBe('out');
});

test('what is given by name or id is resolved, and told as given', async () => {
  const { fixtures } = await choose({}, { flavor: 'small', image: 'i1', volume_type: 'lvm' });
  const given = fixtures.filter(({ told }) => told === 'given');
  expect(given).toEqual([
    { kind: 'flavor', id: 'f2', name: 'small', told: 'given' },
    { kind: 'image', id: 'i1', name: 'cirros', told: 'given' },
    { kind: 'volume_type', id: 't0', name: 'lvm', told: 'given' },
  ]);
});

const refused: readonly (readonly [string, Cloud, Readonly<Record<string, string>>, string])[] = [
  [
    'no image',
    { images: [] },
    {},
    'shows no active image that a server boots from; upload one (openstack image create)',
  ],
  ['no flavor', { flavors: [] }, {}, 'The target shows no flavor; make one (openstack flavor create'],
  ['none that fits', { images: [{ ...cirros, min_ram: 4096 }] }, {}, 'it needs a disk of 1 GB and 4096 MB of memory'],
  [
    'a flavor that is not there',
    {},
    { flavor: 'big' },
    '--flavor big: the target shows no such flavor; it has small (f2), tiny (f1).',
  ],
  [
    'a name of two',
    { flavors: [tiny, { ...small, name: 'tiny' }] },
    { flavor: 'tiny' },
    '2 flavors have this name; give the id: f1, f2.',
  ],
  [
    'no such type',
    {},
    { multiattach_type: 'm' },
    '--multiattach-type m: the target shows no such volume type; it has lvm (t0).',
  ],
];

test.each(refused)('%s is told with what there is, and the mend', async (_, cloud, given, says) => {
  await expect(choose(cloud, given)).rejects.toThrow(says);
});

test('every capability is told as declared, found or assumed', async () => {
  const bare = await choose({ flavors: [tiny] });
  expect(discoverCapabilities(bare, { 'service-sees-migrations': true })).toEqual({
    multiattach: { has: false, told: 'found' },
    resize: { has: false, told: 'found' },
    'service-sees-migrations': { has: true, told: 'declared' },
    'whole-api': { has: true, told: 'assumed' },
  });
  const named = await choose({ types: [{ id: 't', name: 'lvm-multiattach' }] });
  expect(discoverCapabilities(named, {})).toEqual({
    multiattach: { has: true, told: 'assumed' },
    resize: { has: true, told: 'found' },
    'service-sees-migrations': { has: false, told: 'assumed' },
    'whole-api': { has: true, told: 'assumed' },
  });
  expect(() => discoverCapabilities(bare, { resize: true })).toThrow('name it by --resize-flavor.');
});
