/** The `OS_*` variables, spelled as an entry of clouds.yaml. */
import type { JsonObject } from '../json.ts';
import { credentialsFromCloud } from './cloud-entry.ts';
import { mergeEntries, secretFields } from './cloud-merge.ts';
import type { Credentials } from './credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that speak of other things than an entry. */
const otherVariables: ReadonlySet<string> = new Set(['OS_CLOUD', ...['CONFIG', 'SECURE', 'VENDOR'].map(clientFile)]);

/** Whether the environment, or what options add to it, tells whom to ask without a file. */
export function namesTarget(env: Environment, over: JsonObject = {}): boolean {
  return [env.OS_CLOUD, env.OS_AUTH_URL, env.OS_ENDPOINT].some(Boolean) || Object.keys(over).length > 0;
}

/** Variables that say which cloud to test and as whom; without them region, interface and certificates mean nothing. */
const namingVariables: readonly string[] = [
  'OS_CLOUD',
  'OS_CLIENT_CONFIG_FILE',
  ...['AUTH_TYPE', 'AUTH_URL', 'ENDPOINT', 'TOKEN', 'USERNAME', 'USER_ID', 'PASSWORD'].map((name) => `OS_${name}`),
  ...['NAME', 'ID'].flatMap((key) => ['PROJECT', 'PROJECT_DOMAIN', 'USER_DOMAIN'].map((of) => `OS_${of}_${key}`)),
  ...['ID', 'NAME', 'SECRET'].map((key) => `OS_APPLICATION_CREDENTIAL_${key}`),
];

/** Those that are set and have no text, so that somebody meant a target and named none. */
export function emptyVariables(env: Environment): readonly string[] {
  const isEmpty = (name: string): boolean => env[name]?.trim() === '';
  // A cloud that is named is found in files; the others are not read then.
  return env.OS_CLOUD?.trim() ? [] : namingVariables.filter(isEmpty);
}

/**
 * From `OS_AUTH_URL`, `OS_USERNAME` and so on, `over` winning; undefined where neither names an auth URL or endpoint.
 *
 * @throws CredentialsError
 */
export function credentialsFromEnvironment(env: Environment, over: JsonObject = {}): Credentials | undefined {
  const entry = mergeEntries(entryFromEnvironment(env), over);
  if (entry.auth_url === undefined && entry.endpoint === undefined) return undefined;
  const hasOptions = Object.keys(over).length > 0;
  return credentialsFromCloud(hasOptions ? 'options and OS_* variables' : 'OS_* variables', entry, (field) => {
    const variable = `OS_${field.toUpperCase()}`;
    const secret = secretFields.some((one) => one === field);
    return secret ? `set ${variable}` : `set ${variable}, or give --os-${field.replaceAll('_', '-')}`;
  });
}

/** What the openstack client takes from the environment even for an entry that is named: where to look, and whom to trust. */
export function placeFromEnvironment(env: Environment): JsonObject {
  const values = Object.entries(placeVariables).flatMap(([field, names]) => {
    const value = names.map((name) => env[name]).find(Boolean);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(values);
}

const placeVariables: Readonly<Record<string, readonly string[]>> = {
  region_name: ['OS_REGION_NAME'],
  interface: ['OS_INTERFACE', 'OS_ENDPOINT_TYPE'],
  cacert: ['OS_CACERT'],
  cert: ['OS_CERT'],
  key: ['OS_KEY'],
};

function entryFromEnvironment(env: Environment): JsonObject {
  const set = Object.entries(env).flatMap(([key, value]) =>
    key.startsWith('OS_') && value && !otherVariables.has(key) ? [[key.slice(3).toLowerCase(), value] as const] : [],
  );
  return Object.fromEntries(set);
}

function clientFile(which: string): string {
  return `OS_CLIENT_${which}_FILE`;
}
