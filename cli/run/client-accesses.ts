/** How the openstack client gets the identities of a run, so that the commands that it prints can be repeated. */
import { identities, type Identity } from '../../src/clauses/identity.ts';
import type { JsonObject } from '../../src/json.ts';
import { fileVariables } from '../../src/target/clouds.ts';
import type { ClientAccess, ClientAccesses } from '../../src/resources/client-access.ts';
import { credentialVariables, namesTarget, placeFromEnvironment } from '../../src/target/cloud-environment.ts';
import { mergeEntries } from '../../src/target/cloud-merge.ts';
import type { Credentials } from '../../src/target/credentials.ts';
import type { RunOptions } from './run-options.ts';
import { clientArguments } from './sign-in-options.ts';

/** The options that select the target and the identities of a run. */
export type Access = Pick<RunOptions, 'clouds' | 'signIn'> & Partial<Pick<RunOptions, 'suites'>>;

/** Identities that are not given are created by the administrator, who can also remove what they own. */
export function clientAccesses(
  access: Access,
  { member }: Readonly<Partial<Record<Identity, Credentials>>> = {},
): ClientAccesses {
  const found = identities.flatMap((role) => {
    const own = accessOf(role, access, member?.region);
    return own ? [[role, own] as const] : [];
  });
  const given = Object.fromEntries(found);
  const { admin } = given;
  return admin ? Object.fromEntries(identities.map((role) => [role, given[role] ?? admin])) : given;
}

function accessOf(role: Identity, { clouds, signIn }: Access, region: string | undefined): ClientAccess | undefined {
  const { env } = process;
  const name = [clouds[role], ...(role === 'member' ? [env.OS_CLOUD] : [])].find(Boolean);
  if (name === undefined) return role === 'member' ? fromEnvironment(signIn.member) : undefined;
  // Identities whose entry names no region are in that of the member.
  const place: JsonObject = role === 'member' || region === undefined ? {} : { region_name: region };
  const over = mergeEntries(placeFromEnvironment(env), role === 'member' ? signIn.member : signIn.common);
  return withVariables(
    ['--os-cloud', name, ...clientArguments(mergeEntries(place, over))],
    Object.values(fileVariables).filter((variable) => env[variable]),
  );
}

function fromEnvironment(member: JsonObject): ClientAccess | undefined {
  if (!namesTarget(process.env, member)) return undefined;
  return withVariables(clientArguments(member), credentialVariables(process.env));
}

function withVariables(options: readonly string[], variables: readonly string[]): ClientAccess {
  return { options, ...(variables.length > 0 && { variables }) };
}
