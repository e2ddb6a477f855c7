/** From entries of clouds.yaml and `OS_*` variables to credentials and the exact request that signs in. */
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/json.ts';
import { CredentialsError, credentialsFromCloud } from '../../src/target/cloud-entry.ts';
import { credentialsFromEnvironment } from '../../src/target/cloud-environment.ts';
import { secretsOf, type Credentials } from '../../src/target/credentials.ts';
import { authRequestBody } from '../../src/target/keystone-request.ts';

const url = 'http://keystone.test/v3';
const user = { auth_url: url, username: 'ada', password: 'lovelace' };

interface Row {
  readonly name: string;
  readonly cloud: JsonObject;
  /** What follows `auth` in the request body. */
  readonly expected: Json;
}

const password = (person: JsonObject, scope?: Json): Json => ({
  identity: { methods: ['password'], password: { user: { ...person, password: 'lovelace' } } },
  ...(scope === undefined ? {} : { scope }),
});
const ada = { name: 'ada', domain: { id: 'default' } };

const rows: readonly Row[] = [
  { name: 'a user by name is of the default domain', cloud: { auth: user }, expected: password(ada) },
  {
    name: 'a user by id needs no domain',
    cloud: { auth: { ...user, username: '', user_id: 'u1' } },
    expected: password({ id: 'u1' }),
  },
  {
    name: 'a user of a domain by name',
    cloud: { auth: { ...user, user_domain_name: 'Eng' } },
    expected: password({ name: 'ada', domain: { name: 'Eng' } }),
  },
  {
    name: 'a user of a domain by id, though another domain is the default',
    cloud: { auth: { ...user, user_domain_id: 'd1', default_domain_name: 'Other' } },
    expected: password({ name: 'ada', domain: { id: 'd1' } }),
  },
  {
    name: 'a project by id',
    cloud: { auth: { ...user, project_id: 'p1' } },
    expected: password(ada, { project: { id: 'p1' } }),
  },
  {
    name: 'a project by name in its own domain',
    cloud: { auth: { ...user, project_name: 'demo', project_domain_name: 'Eng' } },
    expected: password(ada, { project: { name: 'demo', domain: { name: 'Eng' } } }),
  },
  {
    name: 'a project by its old name, tenant',
    cloud: { auth: { ...user, tenant_name: 'demo' } },
    expected: password(ada, { project: { name: 'demo', domain: { id: 'default' } } }),
  },
  {
    name: 'one default domain for user and project',
    cloud: { auth: { ...user, project_name: 'demo', default_domain_id: 'd1' } },
    expected: password({ name: 'ada', domain: { id: 'd1' } }, { project: { name: 'demo', domain: { id: 'd1' } } }),
  },
  {
    name: 'the scope of a domain by id',
    cloud: { auth: { ...user, user_domain_id: 'default', domain_id: 'd1' } },
    expected: password(ada, { domain: { id: 'd1' } }),
  },
  {
    name: 'the scope of a domain by name',
    cloud: { auth: { ...user, user_domain_id: 'default', domain_name: 'Eng' } },
    expected: password(ada, { domain: { name: 'Eng' } }),
  },
  {
    name: 'the scope of the whole system',
    cloud: { auth: { ...user, system_scope: 'all' } },
    expected: password(ada, { system: { all: true } }),
  },
  {
    name: 'a password by its versioned auth type, made of digits',
    cloud: { auth_type: 'v3password', auth: { ...user, password: 123456 } },
    expected: {
      identity: { methods: ['password'], password: { user: { ...ada, password: '123456' } } },
    },
  },
  {
    name: 'a token',
    cloud: { auth_type: 'token', auth: { auth_url: url, token: 't-1', project_id: 'p1' } },
    expected: { identity: { methods: ['token'], token: { id: 't-1' } }, scope: { project: { id: 'p1' } } },
  },
  {
    name: 'a token without a word about the auth type',
    cloud: { auth: { auth_url: url, token: 't-1' } },
    expected: { identity: { methods: ['token'], token: { id: 't-1' } } },
  },
  {
    name: 'an application credential by id, which brings its own scope',
    cloud: {
      auth_type: 'v3applicationcredential',
      auth: { auth_url: url, application_credential_id: 'c1', application_credential_secret: 's' },
    },
    expected: {
      identity: { methods: ['application_credential'], application_credential: { id: 'c1', secret: 's' } },
    },
  },
  {
    name: 'an application credential by name, of a user',
    cloud: {
      auth: {
        auth_url: url,
        application_credential_name: 'ci',
        application_credential_secret: 's',
        username: 'ada',
        user_domain_name: 'Eng',
      },
    },
    expected: {
      identity: {
        methods: ['application_credential'],
        application_credential: { name: 'ci', user: { name: 'ada', domain: { name: 'Eng' } }, secret: 's' },
      },
    },
  },
];

test.each(rows)('$name is asked for as Keystone wants it', ({ cloud, expected }) => {
  const { auth } = credentialsFromCloud('cloud demo', cloud);
  if (auth.type === 'none' || auth.type === 'http_basic') throw new Error('Nobody signs in with this');
  expect(auth.authUrl).toBe(url);
  expect(authRequestBody(auth)).toEqual({ auth: expected });
});

test.each([
  ['none', { auth_type: 'none', endpoint: 'http://nova.test' }, { type: 'none', endpoint: 'http://nova.test' }],
  [
    'http_basic',
    { auth_type: 'http_basic', auth: { endpoint: 'http://nova.test', username: 'ada', password: 'x' } },
    { type: 'http_basic', endpoint: 'http://nova.test', username: 'ada', password: 'x' },
  ],
])('auth type %s needs an endpoint and no Keystone', (_, cloud, expected) => {
  expect(credentialsFromCloud('cloud demo', cloud).auth).toEqual(expected);
});

const surroundings: readonly (readonly [string, JsonObject, Partial<Credentials>])[] = [
  ['the interface is public unless told else', {}, { interfaces: ['public'] }],
  ['an interface in the old spelling', { interface: 'internalURL' }, { interfaces: ['internal'] }],
  ['the region', { region_name: 'north' }, { region: 'north' }],
  [
    'endpoint overrides by service type',
    {
      compute_endpoint_override: 'http://a.test',
      block_storage_endpoint_override: 'http://b.test',
      image_endpoint_override: '',
    },
    { endpointOverrides: { compute: 'http://a.test', 'block-storage': 'http://b.test' } },
  ],
  ['certificates are checked unless told else', {}, { tls: { insecure: false } }],
  ['a file with certificates', { cacert: '/etc/ca.pem' }, { tls: { insecure: false, caFile: '/etc/ca.pem' } }],
  [
    'a client certificate and its key',
    { cert: '/c.pem', key: '/k.pem' },
    { tls: { insecure: false, certFile: '/c.pem', keyFile: '/k.pem' } },
  ],
  ['the interface by its older name', { endpoint_type: 'adminURL' }, { interfaces: ['admin'] }],
  ...['false', 'False', 'FALSE', 'no', 'off', '0', false].map(
    (value) => [`verify: ${value}`, { verify: value }, { tls: { insecure: true } }] as const,
  ),
  ...['true', 'True', 'yes', '1', true].map(
    (value) => [`insecure: ${value}`, { insecure: value }, { tls: { insecure: true } }] as const,
  ),
  ...['true', 'True', 'yes'].map(
    (value) => [`verify: ${value}`, { verify: value }, { tls: { insecure: false } }] as const,
  ),
];

test.each(surroundings)('reads from an entry: %s', (_, cloud, expected) => {
  expect(credentialsFromCloud('cloud demo', { auth: user, ...cloud })).toMatchObject(expected);
});

const wrong: readonly (readonly [string, JsonObject, string])[] = [
  [
    'no address of Keystone',
    { auth: { username: 'a', password: 'b' } },
    'cloud demo: auth type password needs auth_url; add it to the auth section.',
  ],
  [
    'no password',
    { auth: { ...user, password: '' } },
    'cloud demo: auth type password needs password; add it to the auth section.',
  ],
  [
    'no user',
    { auth: { auth_url: url, password: 'b' } },
    'cloud demo: auth type password needs username; add it to the auth section.',
  ],
  ['no auth section', {}, 'cloud demo: auth type password needs auth_url; add it to the auth section.'],
  [
    'an application credential without its secret',
    { auth_type: 'v3applicationcredential', auth: { auth_url: url, application_credential_id: 'c' } },
    'cloud demo: auth type v3applicationcredential needs application_credential_secret; add it to the auth section.',
  ],
  [
    'an address that is no URL',
    { auth: { ...user, auth_url: 'keystone.test' } },
    'cloud demo: auth_url is "keystone.test". Write it as https://HOST:PORT/PATH.',
  ],
  [
    'an address with a password in it',
    { auth: { ...user, auth_url: 'http://ada:lovelace@keystone.test' } },
    'cloud demo: auth_url is a URL with a user or password in it. Write it as https://HOST:PORT/PATH.',
  ],
  [
    'an endpoint override with a password in it',
    { auth: user, compute_endpoint_override: 'http://ada:lovelace@nova.test/v2.1' },
    'cloud demo: compute_endpoint_override is a URL with a user or password in it. Write it as https://HOST:PORT/PATH.',
  ],
  [
    'a key without its certificate',
    { auth: user, key: '/k.pem' },
    'cloud demo: the key /k.pem has no client certificate. Add cert (OS_CERT), or remove key.',
  ],
  [
    'no endpoint for nobody',
    { auth_type: 'none' },
    'cloud demo: auth type none needs endpoint; add it to the auth section.',
  ],
  [
    'an unknown auth type',
    { auth_type: 'v3oidcpassword', auth: user },
    'cloud demo: auth type "v3oidcpassword" is not known. Use password, token, v3applicationcredential, none or http_basic.',
  ],
  [
    'an unknown interface',
    { auth: user, interface: 'private' },
    'cloud demo: the interface "private" is not known. Use one of public, internal, admin.',
  ],
];

test.each(wrong)('%s is told in one sentence that names the mend', (_, cloud, expected) => {
  expect(() => credentialsFromCloud('cloud demo', cloud)).toThrow(new CredentialsError(expected));
});

test('OS_* variables are read as the entry that they spell', () => {
  const env = {
    OS_AUTH_URL: url,
    OS_USERNAME: 'ada',
    OS_PASSWORD: 'lovelace',
    OS_PROJECT_NAME: 'demo',
    OS_PROJECT_DOMAIN_ID: 'd1',
    OS_USER_DOMAIN_NAME: 'Eng',
    OS_REGION_NAME: 'north',
    OS_INTERFACE: 'admin',
    OS_INSECURE: 'True',
    OS_COMPUTE_ENDPOINT_OVERRIDE: 'http://a.test',
    OS_CACERT: '',
    PATH: '/bin',
  };
  expect(credentialsFromEnvironment(env)).toEqual({
    from: 'OS_* variables',
    auth: {
      type: 'password',
      authUrl: url,
      user: { name: 'ada', domain: { name: 'Eng' } },
      password: 'lovelace',
      scope: { kind: 'project', project: { name: 'demo', domain: { id: 'd1' } } },
    },
    region: 'north',
    interfaces: ['admin'],
    endpointOverrides: { compute: 'http://a.test' },
    tls: { insecure: true, because: 'insecure: true' },
  });
});

test.each([
  ['no variable at all', {}, undefined],
  ['an empty address', { OS_AUTH_URL: '', OS_USERNAME: 'ada' }, undefined],
  ['an endpoint for nobody', { OS_ENDPOINT: 'http://nova.test', OS_AUTH_TYPE: 'none' }, 'http://nova.test'],
])('from the environment with %s', (_, env, endpoint) => {
  expect(credentialsFromEnvironment(env)?.auth).toEqual(endpoint && { type: 'none', endpoint });
});

test.each([
  ['a password', { OS_AUTH_URL: url, OS_USERNAME: 'ada' }, 'auth type password needs password; set OS_PASSWORD.'],
  [
    'a user',
    { OS_AUTH_URL: url, OS_PASSWORD: 'x' },
    'auth type password needs username; set OS_USERNAME, or use --os-username.',
  ],
  [
    'a secret',
    { OS_AUTH_URL: url, OS_AUTH_TYPE: 'v3applicationcredential', OS_APPLICATION_CREDENTIAL_ID: 'c' },
    'auth type v3applicationcredential needs application_credential_secret; set OS_APPLICATION_CREDENTIAL_SECRET.',
  ],
])('variables without %s are told with the variable that is missing', (_, env, expected) => {
  expect(() => credentialsFromEnvironment(env)).toThrow(new CredentialsError(`OS_* variables: ${expected}`));
});

test.each([
  ['a token', { OS_AUTH_TYPE: 'v3token', OS_TOKEN: 't-1' }, { type: 'token', token: 't-1' }],
  [
    'an application credential',
    { OS_APPLICATION_CREDENTIAL_ID: 'c', OS_APPLICATION_CREDENTIAL_SECRET: 's' },
    { type: 'v3applicationcredential', credential: { id: 'c' }, secret: 's' },
  ],
])('variables may hold %s', (_, env, expected) => {
  expect(credentialsFromEnvironment({ OS_AUTH_URL: url, ...env })?.auth).toMatchObject(expected);
});

test('what options say wins over variables', () => {
  const env = { OS_AUTH_URL: url, OS_USERNAME: 'ada', OS_PASSWORD: 'lovelace', OS_CACERT: '/ca.pem' };
  const found = credentialsFromEnvironment(env, { username: 'bob', region_name: 'south' });
  expect(found).toMatchObject({
    from: 'options and OS_* variables',
    auth: { user: { name: 'bob' }, password: 'lovelace' },
    region: 'south',
    tls: { caFile: '/ca.pem' },
  });
});

test.each([
  ['a password', { auth: user }, ['lovelace']],
  ['a token', { auth: { auth_url: url, token: 't-1' } }, ['t-1']],
  [
    'an application credential',
    { auth: { auth_url: url, application_credential_id: 'c', application_credential_secret: 's' } },
    ['s'],
  ],
  [
    'HTTP basic, also as the header has it',
    { auth_type: 'http_basic', auth: { endpoint: url, username: 'ada', password: 'x' } },
    ['x', 'YWRhOng='],
  ],
  ['nobody', { auth_type: 'none', endpoint: url }, []],
])('the secrets of %s are known', (_, cloud, expected) => {
  expect(secretsOf(credentialsFromCloud('cloud demo', cloud))).toEqual(expected);
});
