/** Which options and variables the openstack client needs for the identities of a run. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clientAccesses } from '../../cli/run/client-accesses.ts';
import type { Credentials } from '../../src/target/credentials.ts';

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('OS_'))) vi.stubEnv(name, undefined);
});
afterEach(() => void vi.unstubAllEnvs());

interface Row {
  readonly name: string;
  readonly clouds?: Readonly<Record<string, string>>;
  readonly member?: Readonly<Record<string, string | boolean>>;
  readonly common?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly role?: string;
  readonly options?: string;
  readonly variables?: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'the embedded cloud', env: { OS_REGION_NAME: 'south' } },
  { name: 'a cloud by its name', clouds: { member: 'acme' }, options: '--os-cloud acme' },
  { name: 'OS_CLOUD', env: { OS_CLOUD: 'acme' }, options: '--os-cloud acme' },
  {
    name: 'region and interface of options',
    clouds: { member: 'acme' },
    member: { region_name: 'south', interface: 'internal, public', insecure: true },
    options: '--os-cloud acme --os-region-name south --os-interface internal --insecure',
  },
  {
    name: 'an endpoint of one service, for which the client has no option',
    clouds: { member: 'acme' },
    member: { compute_endpoint_override: 'http://127.0.0.1/v2.1' },
    options: '--os-cloud acme',
  },
  {
    name: 'region and certificates of the environment beside a cloud',
    clouds: { member: 'acme' },
    env: { OS_REGION_NAME: 'south', OS_CACERT: 'ca.pem', OS_USERNAME: 'eve', OS_CLIENT_CONFIG_FILE: 'mine.yaml' },
    options: '--os-cloud acme --os-region-name south --os-cacert ca.pem',
    variables: ['OS_CLIENT_CONFIG_FILE'],
  },
  {
    name: 'variables alone',
    env: { OS_AUTH_URL: 'http://127.0.0.1/v3', OS_USERNAME: 'ada', OS_PASSWORD: 'lovelace', OS_TOKEN: '' },
    options: '',
    variables: ['OS_AUTH_URL', 'OS_PASSWORD', 'OS_USERNAME'],
  },
  {
    name: 'options and a secret of the environment',
    member: { auth_url: 'http://127.0.0.1/v3', username: 'ada' },
    env: { OS_PASSWORD: 'lovelace' },
    options: '--os-auth-url http://127.0.0.1/v3 --os-username ada',
    variables: ['OS_PASSWORD'],
  },
  {
    name: 'another identity, with the options of all identities only',
    clouds: { member: 'acme', other: 'rival' },
    member: { username: 'ada', interface: 'internal' },
    common: { interface: 'internal' },
    role: 'other',
    options: '--os-cloud rival --os-interface internal',
  },
  {
    name: 'another identity in the region of the member',
    clouds: { member: 'acme', other: 'rival' },
    region: 'south',
    role: 'other',
    options: '--os-cloud rival --os-region-name south',
  },
  {
    name: 'an identity that the administrator creates',
    clouds: { admin: 'root' },
    role: 'member',
    options: '--os-cloud root',
  },
];

test.each(rows)('$name', ({ clouds = {}, member = {}, common = {}, env = {}, region, role, options, variables }) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const credentials = region === undefined ? {} : { member: { region } as Credentials };
  const found = clientAccesses({ clouds, signIn: { member, common } }, credentials)[role ?? 'member'];
  expect(found?.options.join(' ')).toBe(options);
  expect(found?.variables).toEqual(variables);
});
