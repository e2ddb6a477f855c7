/** Reads the `OS_*` variables in the form of an entry of clouds.yaml. */
import type { JsonObject } from '../json.ts';
import { credentialsFromCloud } from './cloud-entry.ts';
import { mergeEntries, secretFields } from './cloud-merge.ts';
import type { Credentials } from './credentials.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that are not fields of an entry. */
const otherVariables: ReadonlySet<string> = new Set(['OS_CLOUD', ...['CONFIG', 'SECURE', 'VENDOR'].map(clientFile)]);

/** Whether the environment, or options, name a target without a file. */
export function namesTarget(env: Environment, over: JsonObject = {}): boolean {
  return [env.OS_CLOUD, env.OS_AUTH_URL, env.OS_ENDPOINT].some(Boolean) || Object.keys(over).length > 0;
}

/** Variables that name the cloud and its credentials; region, interface and certificates only add to them. */
const namingVariables: readonly string[] = [
  'OS_CLOUD',
  'OS_CLIENT_CONFIG_FILE',
  ...['AUTH_TYPE', 'AUTH_URL', 'ENDPOINT', 'TOKEN', 'USERNAME', 'USER_ID', 'PASSWORD'].map((name) => `OS_${name}`),
  ...['NAME', 'ID'].flatMap((key) => ['PROJECT', 'PROJECT_DOMAIN', 'USER_DOMAIN'].map((of) => `OS_${of}_${key}`)),
  ...['ID', 'NAME', 'SECRET'].map((key) => `OS_APPLICATION_CREDENTIAL_${key}`),
];

/** Naming variables that are set to an empty text, probably by mistake. */
export function emptyVariables(env: Environment): readonly string[] {
  const isEmpty = (name: string): boolean => env[name]?.trim() === '';
  // With OS_CLOUD the entry comes from files, and the other variables are not read.
  return env.OS_CLOUD?.trim() ? [] : namingVariables.filter(isEmpty);
}

/**
 * From `OS_AUTH_URL`, `OS_USERNAME` and so on; `over` takes precedence. Undefined without an auth URL or endpoint.
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
    return secret ? `set ${variable}` : `set ${variable}, or use --os-${field.replaceAll('_', '-')}`;
  });
}

/** The variables from which `credentialsFromEnvironment` reads. */
export function credentialVariables(env: Environment): readonly string[] {
  return Object.keys(entryFromEnvironment(env))
    .map((field) => `OS_${field.toUpperCase()}`)
    .sort();
}

/** What the openstack client reads from the environment even with OS_CLOUD: region, interface, certificates. */
export function placeFromEnvironment(env: Environment): JsonObject {
  const values = Object.entries(placeVariables).flatMap(([field, names]) => {
    const value = names.map((name) => env[name]).find(Boolean);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(values);
}

const placeVariables: Readonly<Record<string, readonly string[]>> = {
  region_name: ['OS_REGION_NAME'],
  interface: ['OS_INTERFACE'],
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
