/** Which entry a name stands for: the openstack client's files, their order, and how they are laid over each other. */
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/json.ts';
import { CredentialsError } from '../../src/target/cloud-entry.ts';
import { namesTarget, placeFromEnvironment } from '../../src/target/cloud-environment.ts';
import { cloudsFilePlaces, credentialsByName, type CloudsFile, type CloudsFiles } from '../../src/target/clouds.ts';
import { yamlToJson } from '../../src/yaml-json.ts';
import { parseYaml } from '../../src/yaml.ts';

const url = 'http://keystone.test/v3';
const clouds = file(
  '/home/ada/clouds.yaml',
  `
clouds:
  demo:
    auth: {auth_url: ${url}, username: ada, project_id: 010}
    region_name: 2.10
    verify: False
  other:
    auth: {auth_url: ${url}, username: bob, password: builder}
  rented:
    profile: vendor
    auth: {username: eve, password: secret-1, project-name: web}
  rented-before:
    cloud: vendor
    auth: {username: eve, password: secret-1}
  lost:
    profile: nobody
    auth: {username: eve, password: secret-1}
  careless:
    profile: open
    auth: {username: eve}
  wide:
    auth: {auth_url: ${url}, username: ada, password: lovelace}
    regions:
      - north
      - name: south
        values:
          interface: internal
          compute_endpoint_override: http://south.test/v2.1
          auth: {project_name: southern}
  listed:
    auth: {auth_url: ${url}, username: ada, password: lovelace}
    region_name: 'north,south'
`,
);
const secure = file('/home/ada/secure.yaml', 'clouds: {demo: {auth: {password: lovelace}}}');
const vendor = file(
  '/etc/openstack/clouds-public.yaml',
  `
public-clouds:
  vendor:
    auth: {auth_url: 'https://vendor.test/v3', user_domain_name: Vendor}
    region_name: far
    interface: internal
  open:
    auth: {auth_url: 'https://vendor.test/v3', password: for-all}
`,
);
const files: CloudsFiles = { clouds, secure, 'clouds-public': vendor };

test('secure.yaml adds to an entry, and what it says wins', () => {
  const found = credentialsByName('demo', files);
  expect(found).toMatchObject({ from: 'cloud demo', auth: { authUrl: url, password: 'lovelace' } });
  const stronger = { ...secure, content: { clouds: { other: { auth: { password: 'new' } } } } };
  expect(credentialsByName('other', { clouds, secure: stronger }).auth).toMatchObject({
    user: { name: 'bob' },
    password: 'new',
  });
});

test('scalars of clouds.yaml keep their text', () => {
  const found = credentialsByName('demo', files);
  expect(found).toMatchObject({ region: '2.10', tls: { insecure: true }, auth: { scope: { project: { id: '010' } } } });
});

test('an unknown profile of an entry that is whole without it is passed over with a note', () => {
  const whole = file(
    'clouds.yaml',
    `clouds: {ours: {profile: ovh, auth: {auth_url: '${url}', username: a, password: b}}}`,
  );
  const { auth, note } = credentialsByName('ours', { clouds: whole });
  expect(auth).toMatchObject({ authUrl: url });
  expect(note).toBe(
    'cloud ours: its profile "ovh" is in no clouds-public.yaml. It is ignored, because the entry is complete without it.',
  );
  expect(credentialsByName('rented', files).note).toBeUndefined();
});

test('where no clouds.yaml is, the folders that were searched are named', () => {
  const searched = ['/w/clouds.yaml', '/w/clouds.json', '/etc/openstack/clouds.yaml'];
  expect(() => credentialsByName('ours', { searched })).toThrow('no clouds.yaml was found in /w/, /etc/openstack/.');
});

test.each(['rented', 'rented-before'])('a profile lies under the entry %s', (name) => {
  expect(credentialsByName(name, files)).toMatchObject({
    auth: { authUrl: 'https://vendor.test/v3', user: { name: 'eve', domain: { name: 'Vendor' } } },
    region: 'far',
    interfaces: ['internal'],
  });
});

test('keys may have hyphens', () => {
  expect(credentialsByName('rented', files).auth).toMatchObject({ scope: { project: { name: 'web' } } });
});

const regions: readonly (readonly [string, string, JsonObject, object])[] = [
  ['the first of the list unless told else', 'wide', {}, { region: 'north', interfaces: ['public'] }],
  [
    'with what holds there only',
    'wide',
    { region_name: 'south' },
    {
      region: 'south',
      interfaces: ['internal'],
      endpointOverrides: { compute: 'http://south.test/v2.1' },
      auth: { scope: { project: { name: 'southern' } }, password: 'lovelace' },
    },
  ],
  ['the first of several in one text', 'listed', {}, { region: 'north' }],
  ['another of several in one text', 'listed', { region_name: 'south' }, { region: 'south' }],
  ['one that wins over the only one of the entry', 'demo', { region_name: 'east' }, { region: 'east' }],
  [
    'an interface that wins over that of the region',
    'wide',
    { region_name: 'south', interface: 'admin' },
    { interfaces: ['admin'] },
  ],
];

test.each(regions)('a region is chosen: %s', (_, name, over, expected) => {
  expect(credentialsByName(name, files, over)).toMatchObject(expected);
});

const refusals: readonly (readonly [string, string, CloudsFiles, JsonObject, string])[] = [
  [
    'a cloud that is not there',
    'prod',
    { clouds: { path: '/c.yaml', content: { clouds: { b: {}, a: {} } } } },
    {},
    'Cloud "prod" is not in /c.yaml, which has: a, b.',
  ],
  [
    'a name that objects have anyway',
    'constructor',
    { clouds: { path: 'c.yaml', content: null } },
    {},
    'Cloud "constructor" is not in c.yaml, which has: none.',
  ],
  [
    'no file at all',
    'prod',
    {},
    {},
    'Cloud "prod": no clouds.yaml was found. Create one, or set OS_CLIENT_CONFIG_FILE.',
  ],
  [
    'an unknown region',
    'wide',
    files,
    { region_name: 'east' },
    'cloud wide: region "east" is not one of its regions, which are north, south. Choose one by region_name, OS_REGION_NAME or --os-region-name.',
  ],
  [
    'an unknown profile',
    'lost',
    files,
    {},
    'cloud lost: profile "nobody" is not known: /etc/openstack/clouds-public.yaml has: open, vendor. Add it under public-clouds there, or set OS_CLIENT_VENDOR_FILE.',
  ],
  [
    'a profile and no file of profiles',
    'rented',
    { clouds },
    {},
    'cloud rented: profile "vendor" is not known: no clouds-public.yaml was found. Add it under public-clouds there, or set OS_CLIENT_VENDOR_FILE.',
  ],
  [
    'a password in a profile',
    'careless',
    files,
    {},
    '/etc/openstack/clouds-public.yaml: profile "open" contains password, and profiles are public. Move it to secure.yaml.',
  ],
  [
    'a missing password',
    'demo',
    { clouds },
    {},
    'cloud demo: auth type password needs password; add it to the auth section of "demo" in /home/ada/clouds.yaml.',
  ],
];

test.each(refusals)('%s is told in one sentence', (_, name, known, over, expected) => {
  expect(() => credentialsByName(name, known, over)).toThrow(new CredentialsError(expected));
});

test('the folders of the user and of the machine count beside the one that XDG_CONFIG_HOME names', () => {
  const env = { XDG_CONFIG_HOME: '/snap', XDG_CONFIG_DIRS: '/site:/etc/openstack/..' };
  const places = cloudsFilePlaces('clouds', env, '/w', '/h').filter((path) => path.endsWith('.yaml'));
  expect(places).toEqual([
    '/w/clouds.yaml',
    '/snap/openstack/clouds.yaml',
    '/h/.config/openstack/clouds.yaml',
    '/site/openstack/clouds.yaml',
    '/etc/openstack/../openstack/clouds.yaml',
    '/etc/openstack/clouds.yaml',
  ]);
});

test('each file is looked for where the openstack client looks', () => {
  expect(cloudsFilePlaces('clouds', {}, '/w', '/h')).toEqual([
    '/w/clouds.yaml',
    '/w/clouds.yml',
    '/w/clouds.json',
    '/h/.config/openstack/clouds.yaml',
    '/h/.config/openstack/clouds.yml',
    '/h/.config/openstack/clouds.json',
    '/etc/xdg/openstack/clouds.yaml',
    '/etc/xdg/openstack/clouds.yml',
    '/etc/xdg/openstack/clouds.json',
    '/etc/openstack/clouds.yaml',
    '/etc/openstack/clouds.yml',
    '/etc/openstack/clouds.json',
  ]);
  const env = {
    OS_CLIENT_SECURE_FILE: '/s.yaml',
    OS_CLIENT_CONFIG_FILE: '/c.yaml',
    OS_CLIENT_VENDOR_FILE: '/v.yaml',
    XDG_CONFIG_HOME: '/x',
  };
  const first = (['clouds', 'secure', 'clouds-public'] as const).map((name) => cloudsFilePlaces(name, env, '/w', '/h'));
  expect(first.map((places) => places[0])).toEqual(['/c.yaml', '/s.yaml', '/v.yaml']);
  expect(first[1]?.slice(1, 6)).toEqual([
    '/w/secure.yaml',
    '/w/secure.yml',
    '/w/secure.json',
    '/x/openstack/secure.yaml',
    '/x/openstack/secure.yml',
  ]);
});

test('the environment says where to look also for a cloud that is named, and no more', () => {
  const env = {
    OS_REGION_NAME: 'south',
    OS_INTERFACE: 'internal',
    OS_ENDPOINT_TYPE: 'admin',
    OS_USERNAME: 'ada',
    OS_CACERT: 'ca.pem',
  };
  expect(placeFromEnvironment(env)).toEqual({
    region_name: 'south',
    interface: 'internal',
    cacert: 'ca.pem',
  });
});

test.each([
  ['OS_CLOUD', { OS_CLOUD: 'demo' }, {}, true],
  ['an auth URL', { OS_AUTH_URL: url }, {}, true],
  ['an option', {}, { auth_url: url }, true],
  ['a region alone', { OS_REGION_NAME: 'north' }, {}, false],
  ['the place of a file alone', { OS_CLIENT_CONFIG_FILE: '/c.yaml' }, {}, false],
])('a target is asked for by %s: %#', (_, env, over, expected) => {
  expect(namesTarget(env, over)).toBe(expected);
});

function file(path: string, text: string): CloudsFile {
  return { path, content: yamlToJsonOf(text) };
}

function yamlToJsonOf(text: string): Json {
  const { root } = parseYaml(text, 'clouds.yaml');
  if (!root) throw new Error('The YAML of this test cannot be read');
  return yamlToJson(root);
}
