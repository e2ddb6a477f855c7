/**
 * Finds the entry of a cloud in the files of the openstack client: clouds.yaml, secure.yaml and clouds-public.yaml.
 *
 * Reads no file itself; it gets the contents of the files.
 */
import { jsonObject, jsonText, type Json, type JsonObject } from '../json.ts';
import { CredentialsError, credentialsFromCloud } from './cloud-entry.ts';
import { mergeEntries, secretIn, spelled } from './cloud-merge.ts';
import { inRegion } from './cloud-region.ts';
import type { Credentials } from './credentials.ts';

/** One of the files as data: `{ clouds: { name: entry } }`, or `{ public-clouds: … }`. */
export interface CloudsFile {
  readonly path: string;
  readonly content: Json;
}

export type CloudsFileName = 'clouds' | 'secure' | 'clouds-public';
export interface CloudsFiles extends Readonly<Partial<Record<CloudsFileName, CloudsFile>>> {
  /** The paths in which clouds.yaml was looked for. */
  readonly searched?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that names the path of each file. */
export const fileVariables: Readonly<Record<CloudsFileName, string>> = {
  clouds: 'OS_CLIENT_CONFIG_FILE',
  secure: 'OS_CLIENT_SECURE_FILE',
  'clouds-public': 'OS_CLIENT_VENDOR_FILE',
};

/**
 * The paths in which the openstack client looks for a file, in order; `env` may name one path.
 *
 * As in openstacksdk: the working folder, the user's folders (`~/.config` too where XDG_CONFIG_HOME names another,
 * as snaps do), those of the machine (XDG_CONFIG_DIRS, else /etc/xdg), and /etc/openstack.
 */
export function cloudsFilePlaces(name: CloudsFileName, env: Environment, cwd: string, home: string): readonly string[] {
  const outright = env[fileVariables[name]];
  const configs = [
    ...[env.XDG_CONFIG_HOME, `${home}/.config`].filter((folder) => folder),
    ...([env.XDG_CONFIG_DIRS].find(Boolean) ?? '/etc/xdg').split(':').filter((folder) => folder !== ''),
  ];
  const folders = new Set([cwd, ...configs.map((folder) => `${folder}/openstack`), '/etc/openstack']);
  const files = [...folders].flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((ending) => `${folder}/${name}.${ending}`),
  );
  return outright ? [outright, ...files] : files;
}

/**
 * `over` has the form of an entry and takes precedence over all files.
 *
 * @throws CredentialsError when no file has the cloud, or its entry is incomplete.
 */
export function credentialsByName(name: string, files: CloudsFiles, over: JsonObject = {}): Credentials {
  const { clouds, secure } = files;
  if (!clouds && !secure) {
    throw new CredentialsError(
      `Cloud "${name}": no clouds.yaml was found${searchedIn(files)}. Create one, or set OS_CLIENT_CONFIG_FILE.`,
    );
  }
  const own = mergeEntries(entryOf(clouds, name) ?? {}, entryOf(secure, name) ?? {});
  if (!entryOf(clouds, name) && !entryOf(secure, name)) throw unknownCloud(name, files);
  const from = `cloud ${name}`;
  const profile = profileOf(from, own, files['clouds-public']);
  const entry = mergeEntries(profile ?? {}, own);
  const chosen = mergeEntries(inRegion(from, entry, jsonText(over.region_name)), over);
  const credentials = credentialsFromCloud(from, chosen, addTo(name, files));
  if (profile !== undefined) return credentials;
  const note = `${from}: its profile "${profileName(own) ?? ''}" is in no clouds-public.yaml. It is ignored, because the entry is complete without it.`;
  return { ...credentials, note };
}

function searchedIn({ searched = [] }: CloudsFiles): string {
  const folders = [...new Set(searched.map((place) => place.slice(0, place.lastIndexOf('/') + 1)))];
  return folders.length === 0 ? '' : ` in ${folders.join(', ')}`;
}

function profileName(entry: JsonObject): string | undefined {
  return jsonText(entry.profile) ?? jsonText(entry.cloud);
}

/** The profile in clouds-public.yaml; empty when none is named, undefined for an unknown one that is not needed. */
function profileOf(from: string, entry: JsonObject, vendor: CloudsFile | undefined): JsonObject | undefined {
  const name = profileName(entry);
  if (name === undefined || name === '') return {};
  const known = spelled(jsonObject(vendor?.content)['public-clouds']);
  if (!vendor || !Object.hasOwn(known, name)) {
    // The openstack client has built-in profiles, which add little to a complete entry.
    if (jsonText(entry.auth_url) ?? jsonText(jsonObject(entry.auth).auth_url)) return undefined;
    const has = vendor ? `${vendor.path} has: ${listed(known)}` : 'no clouds-public.yaml was found';
    throw new CredentialsError(
      `${from}: profile "${name}" is not known: ${has}. Add it under public-clouds there, or set OS_CLIENT_VENDOR_FILE.`,
    );
  }
  const profile = spelled(known[name]);
  const secret = secretIn(profile);
  if (secret === undefined) return profile;
  throw new CredentialsError(
    `${vendor.path}: profile "${name}" contains ${secret}, and profiles are public. Move it to secure.yaml.`,
  );
}

function unknownCloud(name: string, { clouds, secure }: CloudsFiles): CredentialsError {
  const file = clouds ?? secure;
  return new CredentialsError(
    `Cloud "${name}" is not in ${file?.path ?? 'clouds.yaml'}, which has: ${listed(jsonObject(jsonObject(file?.content).clouds))}.`,
  );
}

function addTo(name: string, { clouds, secure }: CloudsFiles): (field: string) => string {
  const path = clouds?.path ?? secure?.path ?? 'clouds.yaml';
  return () => `add it to the auth section of "${name}" in ${path}`;
}

function entryOf(file: CloudsFile | undefined, name: string): JsonObject | undefined {
  const clouds = jsonObject(jsonObject(file?.content).clouds);
  return Object.hasOwn(clouds, name) ? spelled(clouds[name]) : undefined;
}

function listed(entries: JsonObject): string {
  return Object.keys(entries).sort().join(', ') || 'none';
}
