/** Variations of clouds.yaml, environment, proxies and identities. */
import { internal, southern, twoRegions, usual, usualCatalog, type Variation } from './variation.ts';

const yaml = (auth: string, more = ''): string =>
  `clouds: {demo: {region_name: north, auth: {auth_url: 'O/identity/v3', username: ada, password: lovelace, project_name: demo, user_domain_name: Default, project_domain_name: Default${auth}}${more}}}`;
const whole = {
  env: { OS_AUTH_URL: 'O/identity/v3', OS_USERNAME: 'ada', OS_PASSWORD: 'lovelace', OS_PROJECT_NAME: 'demo' },
};

const nobody = {
  username: null,
  password: null,
  project_name: null,
  user_domain_name: null,
  project_domain_name: null,
};
const credential = { application_credential_id: 'c1', application_credential_secret: 'lovelace' };
const domains = { OS_USER_DOMAIN_NAME: 'Default', OS_PROJECT_DOMAIN_NAME: 'Default' };
const namedCredential = { application_credential_name: 'engine', application_credential_secret: 'lovelace' };
const inCapitals = (fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [`OS_${field.toUpperCase()}`, value]));

const southAsked = {
  catalog: twoRegions,
  run: southern,
  client:
    'Region south is not a valid region name for cloud demo. Valid choices are north. Please note that region names are case sensitive.',
  because: 'The region that is named last counts; the client wants it among those of the entry.',
};

export const ofSignIn: readonly Variation[] = [
  // clouds.yaml.
  {
    name: 'a file with a byte order mark',
    files: { 'openstack/clouds.yaml': `\uFEFF${yaml('')}` },
  },
  {
    name: 'keys with hyphens',
    entry: { auth: { auth_url: null, 'auth-url': 'O/identity/v3' }, 'region-name': 'north', region_name: null },
  },
  {
    name: 'auth members beside auth',
    entry: { auth: { username: null }, username: 'ada' },
  },
  {
    name: 'a password in secure.yaml',
    entry: { auth: { password: null } },
    files: { 'openstack/secure.yaml': 'clouds: {demo: {auth: {password: lovelace}}}' },
  },
  {
    name: 'a file in ~/.config, XDG_CONFIG_HOME elsewhere',
    env: { XDG_CONFIG_HOME: '/nowhere' },
    files: { '.config/openstack/clouds.yaml': yaml('') },
  },
  {
    name: 'a file in XDG_CONFIG_DIRS',
    env: { XDG_CONFIG_HOME: '/nowhere', XDG_CONFIG_DIRS: 'H/site' },
    files: { 'site/openstack/clouds.yaml': yaml('') },
  },
  {
    name: 'a list of regions, and none named',
    entry: { region_name: null, regions: ['south', 'north'] },
    catalog: twoRegions,
    run: southern,
  },
  {
    name: 'a region that the entry does not list',
    entry: { region_name: 'east', regions: ['south', 'north'] },
    catalog: twoRegions,
    run: 'cloud demo: region "east" is not one of its regions, which are south, north',
    client: 'servers O/south/compute/v2.1 volumes O/south/volume/v3/p1',
    because: 'The client takes the first region of the list without a word.',
  },
  {
    name: 'a profile that is nowhere, beside a whole entry',
    entry: { profile: 'nobody' },
  },
  {
    name: 'the project by its older name',
    entry: { auth: { project_name: null, tenant_name: 'demo' } },
  },
  {
    name: 'an entry that is not there',
    options: ['--os-cloud', 'other'],
    run: 'Cloud "other" is not in',
    client: 'Cloud other was not found.',
  },
  {
    name: 'no password',
    entry: { auth: { password: null } },
    run: 'cloud demo: auth type password needs password',
    client: 'No password entered, or found via --os-password or OS_PASSWORD',
  },
  // Environment.
  {
    name: 'everything from variables',
    unnamed: true,
    env: { ...whole.env, OS_REGION_NAME: 'north' },
  },
  {
    name: 'variables without a region',
    unnamed: true,
    env: whole.env,
  },
  {
    name: 'a region of the environment over that of the entry',
    env: { OS_REGION_NAME: 'south' },
    ...southAsked,
  },
  {
    name: 'an interface of the environment over that of the entry',
    env: { OS_INTERFACE: 'internal' },
    run: internal,
  },
  {
    name: 'a user of the environment beside an entry',
    env: { OS_USERNAME: 'eve' },
  },
  {
    name: 'a region as an option',
    options: ['--os-region-name', 'south'],
    ...southAsked,
  },
  // Proxies.
  {
    name: 'a proxy',
    env: { http_proxy: 'X' },
    run: `${usual} by proxy`,
  },
  {
    name: 'a proxy in capital letters',
    env: { HTTP_PROXY: 'X' },
    run: `${usual} by proxy`,
  },
  {
    name: 'an exception by address',
    env: { http_proxy: 'X', no_proxy: '127.0.0.1' },
  },
  {
    name: 'an exception by network',
    env: { http_proxy: 'X', no_proxy: '10.0.0.0/8,127.0.0.0/8' },
  },
  {
    name: 'an exception by network, with a blank',
    env: { http_proxy: 'X', no_proxy: '10.0.0.0/8, 127.0.0.0/8' },
  },
  {
    name: 'an exception of another network',
    env: { http_proxy: 'X', no_proxy: '10.0.0.0/8' },
    run: `${usual} by proxy`,
  },
  {
    name: 'an exception of everything',
    env: { http_proxy: 'X', no_proxy: '*' },
  },
  // Identities.
  {
    name: 'a wrong password',
    entry: { auth: { password: 'wrong' } },
    run: 'O/identity/v3/auth/tokens answered 401 to the sign-in of member',
    client: 'Who is that? (HTTP 401)',
  },
  {
    name: 'no project',
    entry: { auth: { project_name: null } },
    run: 'The token of the member (cloud demo) is without any scope',
    client: 'The service catalog is empty.',
  },
  {
    name: 'the scope of the system',
    entry: { auth: { project_name: null, project_domain_name: null, system_scope: 'all' } },
    run: 'The token of the member (cloud demo) is for the whole system',
    client: 'Servers O/compute/v2.1 volumes nowhere: public endpoint for volumev3 service in north region not found',
  },
  {
    name: 'the project by its id',
    entry: { auth: { project_name: null, project_domain_name: null, project_id: 'p1' } },
  },
  {
    name: 'the project by its id and its name, without its domain',
    entry: { auth: { project_id: 'p1', project_domain_name: null } },
  },
  {
    name: 'a domain beside the project',
    entry: { auth: { domain_name: 'Default' } },
  },
  {
    name: 'a domain of the environment beside the project',
    unnamed: true,
    env: { ...whole.env, OS_TENANT_NAME: 'demo', OS_DOMAIN_NAME: 'Default' },
  },
  // Application credentials.
  {
    name: 'an application credential by its id',
    entry: { auth_type: 'v3applicationcredential', auth: { ...nobody, ...credential } },
  },
  {
    name: 'an application credential by its name, with its user',
    entry: {
      auth_type: 'v3applicationcredential',
      auth: { ...nobody, username: 'ada', user_domain_name: 'Default', ...namedCredential },
    },
  },
  {
    name: 'an application credential without an auth type',
    entry: { auth: { ...nobody, ...credential } },
    client: 'No password entered, or found via --os-password or OS_PASSWORD',
    because: 'The secret says what it is; the client asks for a password where no auth type is named.',
  },
  {
    name: 'an application credential of the environment',
    unnamed: true,
    env: { OS_AUTH_URL: 'O/identity/v3', OS_AUTH_TYPE: 'v3applicationcredential', ...inCapitals(credential) },
  },
  {
    name: 'an application credential of the environment, and a project left over',
    unnamed: true,
    env: { ...whole.env, ...domains, OS_AUTH_TYPE: 'v3applicationcredential', ...inCapitals(credential) },
    run: 'OS_* variables: an application credential has a project of its own, and Keystone refuses project_name beside it',
    client: 'Application credentials cannot request a scope. (HTTP 401)',
  },
  {
    name: 'an application credential and the domain of a project',
    entry: {
      auth_type: 'v3applicationcredential',
      auth: { ...nobody, project_domain_name: 'Default', ...credential },
    },
  },
  ...(['project_name', 'project_id', 'system_scope', 'domain_name'] as const).map((field) => ({
    name: `an application credential and ${field}`,
    entry: {
      auth_type: 'v3applicationcredential',
      auth: { ...nobody, ...credential, project_domain_name: 'Default', [field]: 'all' },
    },
    run: `cloud demo: an application credential has a project of its own, and Keystone refuses ${field} beside it`,
    client: 'Application credentials cannot request a scope. (HTTP 401)',
  })),
  {
    name: 'an application credential with a wrong secret',
    entry: {
      auth_type: 'v3applicationcredential',
      auth: { ...nobody, ...credential, application_credential_secret: 'wrong' },
    },
    run: 'O/identity/v3/auth/tokens answered 401 to the sign-in of member',
    client: 'Who is that? (HTTP 401)',
  },
  // Odd forms.
  {
    name: 'anchors and merge keys',
    files: {
      'openstack/clouds.yaml':
        "x-auth: &auth {auth_url: 'O/identity/v3', username: ada, user_domain_name: Default, project_domain_name: Default}\nx-all: &all\n  region_name: north\n  auth:\n    <<: *auth\n    password: lovelace\nclouds:\n  demo:\n    <<: *all\n    auth: {<<: *auth, password: lovelace, project_name: demo}\n",
    },
  },
  {
    name: 'empty texts in the entry',
    entry: { region_name: 'north', interface: '', auth_type: '', auth: { project_id: '', user_id: '' } },
  },
  {
    name: 'an empty region in the entry',
    entry: { region_name: '' },
  },
  {
    name: 'an empty region in the environment',
    env: { OS_REGION_NAME: '' },
  },
  { name: 'the auth type v3password', entry: { auth_type: 'v3password' } },
  {
    name: 'the auth type v2password',
    entry: { auth_type: 'v2password' },
    run: 'cloud demo: auth type "v2password" is not known.',
    client: "Password.__init__() got an unexpected keyword argument 'user_domain_name'",
  },
  {
    name: 'the auth type of single sign-on',
    entry: { auth_type: 'v3oidcpassword' },
    run: 'cloud demo: auth type "v3oidcpassword" is not known.',
    client: 'Missing value protocol required for auth plugin v3oidcpassword',
  },
  {
    name: 'an auth type that nobody knows',
    entry: { auth_type: 'passwrod' },
    run: 'cloud demo: auth type "passwrod" is not known. Use password, token, v3applicationcredential, none or http_basic.',
    client: 'The plugin passwrod could not be found',
  },
  {
    name: 'the auth type of the environment beside a named cloud',
    env: { OS_AUTH_TYPE: 'token' },
    client: "Token.__init__() got an unexpected keyword argument 'username'",
    because: 'The entry says how to sign in; the client takes the type of the environment, and fails.',
  },
  {
    name: 'the auth type v3token with a password beside it',
    entry: { auth_type: 'v3token' },
    run: 'cloud demo: auth type v3token needs token; add it to the auth section of "demo" in H/openstack/clouds.yaml.',
    client: "Token.__init__() got an unexpected keyword argument 'username'",
  },
  { name: 'verify as a text', entry: { verify: 'false' } },
  { name: 'insecure as a text', entry: { insecure: 'no' } },
  {
    name: 'an address of Keystone that ends with a blank',
    entry: { auth: { auth_url: 'O/identity/v3 ' } },
    client:
      'Could not find versioned identity endpoints when attempting to authenticate. Please check that your auth_url is correct. Unrecognized schema in response body. (HTTP 404)',
    because: 'A blank at the end of a URL is no part of it.',
  },
  {
    name: 'the default domain of the entry',
    entry: { default_domain: 'Default', auth: { user_domain_name: null, project_domain_name: null } },
  },
  {
    name: 'domains by their ids and their names',
    entry: { auth: { user_domain_id: 'default', project_domain_id: 'default' } },
  },
  {
    name: 'the default domain of the environment',
    unnamed: true,
    env: { ...whole.env, OS_DEFAULT_DOMAIN: 'Default' },
  },
  {
    name: 'the version of Keystone as a number',
    entry: { identity_api_version: 3 },
  },
  {
    name: 'a version of Keystone that has gone',
    entry: { identity_api_version: '2.0' },
    client:
      'Servers O/compute/v2.1 volumes nowhere: The identity service for demo:north exists but does not have any supported versions.',
    because: 'Version 3 is all that is left of Keystone, so that nothing else can be meant.',
  },
  {
    name: 'an exception by address and port',
    env: { http_proxy: 'X', no_proxy: 'example.org,127.0.0.1:P' },
    client: `${usual} by proxy`,
    because: 'The client knows ports after names only; curl and Go know them after addresses as well.',
  },
  {
    name: 'an exception by address and another port',
    env: { http_proxy: 'X', no_proxy: '127.0.0.1:9' },
    run: `${usual} by proxy`,
  },
  {
    name: 'exceptions between blanks',
    env: { http_proxy: 'X', no_proxy: 'example.org 127.0.0.1' },
    client: `${usual} by proxy`,
    because: 'Blanks separate exceptions, as for curl; the client leaves them out and sees one exception.',
  },
  {
    name: 'an exception by URL',
    env: { http_proxy: 'X', no_proxy: 'http://127.0.0.1' },
    run: `${usual} by proxy`,
  },
  {
    name: 'an exception by a network that is none',
    env: { http_proxy: 'X', no_proxy: '127.0.0.0/33' },
    run: `${usual} by proxy`,
  },
  {
    name: 'an exception by the end of an address',
    env: { http_proxy: 'X', no_proxy: '.0.0.1' },
  },
  {
    name: 'an exception in both letters',
    env: { http_proxy: 'X', no_proxy: 'example.org', NO_PROXY: '127.0.0.1' },
    run: `${usual} by proxy`,
  },
  {
    name: 'a proxy for everything',
    env: { all_proxy: 'X' },
    run: `${usual} by proxy`,
  },
  {
    name: 'a proxy for https alone',
    env: { https_proxy: 'X' },
  },
  {
    name: 'an interface of the environment in its older spelling',
    catalog: [...usualCatalog, ['identity', 'internal', 'north', '/identity/v3']],
    env: { OS_INTERFACE: 'internalURL' },
    run: internal,
  },
  {
    name: 'an interface of the environment by its older name',
    env: { OS_ENDPOINT_TYPE: 'internalURL' },
  },
  {
    name: 'a cloud between blanks in the environment',
    unnamed: true,
    env: { OS_CLOUD: ' demo ' },
    files: { 'openstack/clouds.yaml': yaml('') },
    run: 'Cloud " demo " is not in H/openstack/clouds.yaml, which has: demo.',
    client: 'Cloud  demo  was not found.',
  },
  {
    name: 'an entry without auth',
    entry: { auth: null },
    run: 'cloud demo: auth type password needs auth_url',
    client: 'Missing value auth-url required for auth plugin password',
  },
  {
    name: 'an entry that is a text',
    files: { 'openstack/clouds.yaml': 'clouds: {demo: north}' },
    run: 'cloud demo: auth type password needs auth_url',
    client: "'str' object has no attribute 'get'",
  },
];
