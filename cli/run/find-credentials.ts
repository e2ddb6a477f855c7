/** Credentials by identity, from the options: cloud names looked up in the openstack client's files, or `OS_*`. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { identities, type Identity } from '../../src/conformance/clause.ts';
import { identityOption } from '../../src/conformance/plan-cases.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import {
  cloudsFilePlaces,
  credentialsByName,
  credentialsFromEnvironment,
  type CloudsFile,
} from '../../src/target/clouds.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import { yamlToJson } from '../../src/yaml-json.ts';
import { parseYaml } from '../../src/yaml.ts';
import { UsageError } from '../errors.ts';

export type CredentialsByIdentity = Readonly<Partial<Record<Identity, Credentials>>>;

/** Cloud names by identity. @throws UsageError, CredentialsError */
export function findCredentials(names: Readonly<Partial<Record<Identity, string>>>): CredentialsByIdentity {
  const clouds = readFirst('clouds');
  const secure = readFirst('secure');
  const byName = identities.flatMap((identity) => {
    const name = names[identity];
    return name === undefined ? [] : [[identity, credentialsByName(name, clouds, secure)] as const];
  });
  const found: CredentialsByIdentity = Object.fromEntries(byName);
  const member = found.member ?? credentialsFromEnvironment(process.env);
  if (!member) {
    throw new UsageError(
      `A target was asked for and nobody to ask as; add ${identityOption('member')}, or set OS_AUTH_URL and its like.`,
    );
  }
  return { ...found, member };
}

function readFirst(name: 'clouds' | 'secure'): CloudsFile | undefined {
  const path = cloudsFilePlaces(name, process.env, process.cwd(), homedir()).find((place) => existsSync(place));
  if (path === undefined) return undefined;
  const { root, diagnostics } = parseYaml(readFileSync(path, 'utf8'), path);
  const wrong = diagnostics.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) throw new UsageError(wrong.map(formatDiagnostic).join('\n'));
  return { path, content: root ? yamlToJson(root) : null };
}
