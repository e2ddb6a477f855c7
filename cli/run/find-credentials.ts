/**
 * Finds credentials by identity: cloud names in the files of the openstack client; for the member also `OS_*` and
 * options.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { identities } from '../../src/clauses/identity.ts';
import { type Identity } from '../../src/clauses/identity.ts';
import { identityOption } from '../../src/planning/plan-cases.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { credentialsFromEnvironment, placeFromEnvironment } from '../../src/target/cloud-environment.ts';
import { mergeEntries } from '../../src/target/cloud-merge.ts';
import {
  cloudsFilePlaces,
  credentialsByName,
  fileVariables,
  type CloudsFile,
  type CloudsFileName,
  type CloudsFiles,
} from '../../src/target/clouds.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { yamlToJson } from '../../src/yaml-json.ts';
import { parseYaml } from '../../src/yaml.ts';
import { UsageError } from '../errors.ts';
import type { SignInOptions } from './sign-in-options.ts';

export type CredentialsByIdentity = Readonly<Partial<Record<Identity, Credentials>>>;

/**
 * `names`: cloud names by identity; without one for the member, `OS_CLOUD` is used. The member is required, unless an
 * administrator creates it.
 *
 * @throws UsageError, CredentialsError
 */
export function findCredentials(
  names: Readonly<Partial<Record<Identity, string>>>,
  signIn: SignInOptions,
  needed: 'member' | 'admin' = 'member',
): CredentialsByIdentity {
  const { env } = process;
  const member = [names.member, env.OS_CLOUD].find(Boolean);
  const named = { ...names, ...(member === undefined ? {} : { member }) };
  const files = Object.keys(named).length === 0 ? {} : readFiles();
  const byName = identities.flatMap((identity) => {
    const name = named[identity];
    if (name === undefined) return [];
    const over = mergeEntries(placeFromEnvironment(env), identity === 'member' ? signIn.member : signIn.common);
    return [[identity, credentialsByName(name, files, over)] as const];
  });
  const found: CredentialsByIdentity = Object.fromEntries(byName);
  const credentials = found.member ?? credentialsFromEnvironment(env, signIn.member);
  const all = credentials ? inRegionOf(credentials, { ...found, member: credentials }) : found;
  if (all[needed]) return all;
  if (needed === 'admin')
    throw new UsageError(`An administrator is needed to create identities. Pass ${identityOption('admin')}.`);
  throw new UsageError(
    `The target needs a member identity. Pass ${identityOption('member')}, or set OS_CLOUD, or OS_AUTH_URL and the other OS_* variables.`,
  );
}

/** All services of a run are in one region; identities without a region get that of the member. @throws UsageError */
function inRegionOf({ from, region }: Credentials, all: CredentialsByIdentity): CredentialsByIdentity {
  if (region === undefined) return all;
  const inRegion = Object.entries(all).map(([identity, own]) => {
    if (own.region === undefined || own.region === region) return [identity, { ...own, region }] as const;
    throw new UsageError(
      `${own.from}, the ${identity}, is in region ${own.region}, but ${from}, the member, is in region ${region}. A run uses one region. Set it for all identities by --os-region-name.`,
    );
  });
  return Object.fromEntries(inRegion);
}

function readFiles(): CloudsFiles {
  const found = (['clouds', 'secure', 'clouds-public'] as const).flatMap((name) => {
    const file = readFirst(name);
    return file ? [[name, file] as const] : [];
  });
  const searched = cloudsFilePlaces('clouds', process.env, process.cwd(), homedir());
  return { ...Object.fromEntries(found), searched };
}

/** A file that a variable names must exist: any other file would mean another cloud. */
function readFirst(name: CloudsFileName): CloudsFile | undefined {
  const { env } = process;
  const explicit = env[fileVariables[name]];
  if (explicit && !existsSync(explicit)) {
    throw new UsageError(`${fileVariables[name]} names ${explicit}, which does not exist. Correct or unset it.`);
  }
  const path = cloudsFilePlaces(name, env, process.cwd(), homedir()).find((place) => existsSync(place));
  if (path === undefined) return undefined;
  const { root, diagnostics } = parseYaml(readText(path), path);
  const wrong = diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new UsageError(wrong.map(formatDiagnostic).join('\n'));
  return { path, content: root ? yamlToJson(root) : null };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`);
  }
}
