/** Credentials by identity: cloud names looked up in the openstack client's files; the member's also in `OS_*` and options. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { identities } from '../../src/conformance/identity.ts';
import { type Identity } from '../../src/conformance/identity.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
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
 * Cloud names by identity; `OS_CLOUD` names the member where no option does. Without a member, nobody else is of use;
 * except for an administrator who is to make one.
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
    const over = mergeEntries(placeFromEnvironment(env), identity === 'member' ? signIn.member : signIn.everybody);
    return [[identity, credentialsByName(name, files, over)] as const];
  });
  const found: CredentialsByIdentity = Object.fromEntries(byName);
  const asked = found.member ?? credentialsFromEnvironment(env, signIn.member);
  const all = asked ? inRegionOf(asked, { ...found, member: asked }) : found;
  if (all[needed]) return all;
  if (needed === 'admin') throw new UsageError(`Nobody is there to make identities; add ${identityOption('admin')}.`);
  throw new UsageError(
    `A target was asked for and nobody to ask as; add ${identityOption('member')}, or set OS_CLOUD, or OS_AUTH_URL and its like.`,
  );
}

/** All services of a run are in one region: that of the member, for whoever names none. @throws UsageError */
function inRegionOf({ from, region }: Credentials, all: CredentialsByIdentity): CredentialsByIdentity {
  if (region === undefined) return all;
  const everybody = Object.entries(all).map(([identity, own]) => {
    if (own.region === undefined || own.region === region) return [identity, { ...own, region }] as const;
    throw new UsageError(
      `${own.from}, the ${identity}, is in region ${own.region}, and ${from}, the member, in region ${region}. A run uses one region; choose it for everybody by --os-region-name.`,
    );
  });
  return Object.fromEntries(everybody);
}

function readFiles(): CloudsFiles {
  const found = (['clouds', 'secure', 'clouds-public'] as const).flatMap((name) => {
    const file = readFirst(name);
    return file ? [[name, file] as const] : [];
  });
  const searched = cloudsFilePlaces('clouds', process.env, process.cwd(), homedir());
  return { ...Object.fromEntries(found), searched };
}

/** A file that a variable names must be there: another one in its place would be another cloud. */
function readFirst(name: CloudsFileName): CloudsFile | undefined {
  const { env } = process;
  const outright = env[fileVariables[name]];
  if (outright && !existsSync(outright)) {
    throw new UsageError(`${fileVariables[name]} names ${outright}, which is not there; correct or unset it.`);
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
