/**
 * The openstack client's places for credentials: which cloud entry holds, from clouds.yaml, secure.yaml and `OS_*`.
 *
 * Reads no file itself; it is handed texts in the order in which they were found.
 */
import { isJsonObject, jsonObject, type Json, type JsonObject } from '../json.ts';
import { CredentialsError, credentialsFromCloud } from './cloud-entry.ts';
import type { Credentials } from './credentials.ts';

/** A clouds.yaml as data: `{ clouds: { name: entry } }`. */
export interface CloudsFile {
  readonly path: string;
  readonly content: Json;
}

/** Where the openstack client looks for a file, first hit wins; `env` may name one file outright. */
export function cloudsFilePlaces(
  name: 'clouds' | 'secure',
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  home: string,
): readonly string[] {
  const outright = name === 'clouds' ? env.OS_CLIENT_CONFIG_FILE : env.OS_CLIENT_SECURE_FILE;
  const folders = [cwd, `${env.XDG_CONFIG_HOME ?? `${home}/.config`}/openstack`, '/etc/openstack'];
  const files = folders.flatMap((folder) => [`${folder}/${name}.yaml`, `${folder}/${name}.yml`]);
  return outright ? [outright, ...files] : files;
}

/** @throws CredentialsError when no file has the cloud, or its entry is incomplete. */
export function credentialsByName(name: string, clouds?: CloudsFile, secure?: CloudsFile): Credentials {
  if (!clouds) {
    throw new CredentialsError(
      `Cloud "${name}": no clouds.yaml was found; write one, or name it in OS_CLIENT_CONFIG_FILE.`,
    );
  }
  const entry = entryOf(clouds, name);
  if (!entry) {
    const known = Object.keys(cloudsOf(clouds)).sort().join(', ');
    throw new CredentialsError(`Cloud "${name}" is not in ${clouds.path}, which has: ${known || 'none'}.`);
  }
  return credentialsFromCloud(`cloud ${name}`, merge(entry, (secure && entryOf(secure, name)) ?? {}));
}

/** From `OS_AUTH_URL`, `OS_USERNAME` and so on; undefined when `OS_AUTH_URL` and `OS_ENDPOINT` are not set. */
export function credentialsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Credentials | undefined {
  if (!env.OS_AUTH_URL && !env.OS_ENDPOINT) return undefined;
  const set = Object.entries(env).flatMap(([key, value]) =>
    key.startsWith('OS_') && value ? [[key.slice(3).toLowerCase(), value] as const] : [],
  );
  const all = Object.fromEntries(set);
  return credentialsFromCloud('OS_* variables', { ...all, auth: all });
}

function cloudsOf(file: CloudsFile): JsonObject {
  return jsonObject(jsonObject(file.content).clouds);
}

function entryOf(file: CloudsFile, name: string): JsonObject | undefined {
  const clouds = cloudsOf(file);
  return Object.hasOwn(clouds, name) ? jsonObject(clouds[name]) : undefined;
}

/** The second wins, map by map. */
function merge(a: JsonObject, b: JsonObject): JsonObject {
  const merged = Object.entries(b).map(([key, value]) => {
    const before = a[key];
    return [key, isJsonObject(before) && isJsonObject(value) ? merge(before, value) : value] as const;
  });
  return { ...a, ...Object.fromEntries(merged) };
}
