/** Options for the credentials of the member, named as in the openstack client; secrets are refused. */
import { Option, type Command } from 'commander';
import { jsonText, type JsonObject } from '../../src/json.ts';
import { secretFields } from '../../src/target/cloud-merge.ts';
import { UsageError } from '../errors.ts';

/** Fields of a clouds.yaml entry, with their help texts. */
const fields: readonly (readonly [field: string, summary: string])[] = [
  ['auth_type', 'password, token, v3applicationcredential, none or http_basic'],
  ['auth_url', 'URL of Keystone, with or without /v3'],
  ['username', 'user name of the member'],
  ['user_id', 'user id of the member'],
  ['user_domain_name', 'domain name of the user'],
  ['user_domain_id', 'domain id of the user'],
  ['project_name', 'project name'],
  ['project_id', 'project id'],
  ['project_domain_name', 'domain name of the project'],
  ['project_domain_id', 'domain id of the project'],
  ['application_credential_id', 'id of an application credential'],
  ['application_credential_name', 'its name, together with the user'],
  ['endpoint', 'service endpoint, for none and http_basic'],
  ['region_name', 'region, for all identities'],
  ['interface', 'public, internal or admin endpoints, for all identities'],
  ['compute_endpoint_override', 'Compute endpoint instead of that of the catalogue, for all identities'],
  ['block_storage_endpoint_override', 'Block Storage endpoint, likewise'],
  ['image_endpoint_override', 'Image endpoint, likewise'],
  ['cacert', 'file with certificates to trust in addition to those of the system'],
  ['cert', 'file with a client certificate'],
  ['key', 'file with the key of the client certificate'],
];

/** Fields for all identities: they describe the target, not the user. */
const shared: ReadonlySet<string> = new Set(
  fields.map(([field]) => field).filter((field) => /^region|face$|override$/.test(field)),
);

export interface SignInOptions {
  /** In the form of a clouds.yaml entry, merged over that of the member. */
  readonly member: JsonObject;
  /** The part of it for all identities. */
  readonly common: JsonObject;
}

/** As commander parses them: by option in camel case. */
export type RawSignIn = Readonly<Record<string, unknown>>;

export function addSignInOptions(command: Command): Command {
  for (const [field, summary] of fields) command.option(`${flag(field)} <value>`, summary);
  command.option('--insecure', 'accept any certificate of the target for the member; the report notes it');
  for (const field of secretFields) command.addOption(new Option(`${flag(field)} [value]`).hideHelp());
  return command;
}

/** @throws UsageError for a secret: every user of the machine can read a command line */
export function readSignInOptions(raw: RawSignIn): SignInOptions {
  const secret = secretFields.find((field) => raw[camelCase(field)] !== undefined);
  if (secret !== undefined) {
    throw new UsageError(
      `${flag(secret)} is not accepted, because every user of this machine can read a command line. Set OS_${secret.toUpperCase()}, or write it into secure.yaml.`,
    );
  }
  const given = fields.flatMap(([field]) => {
    const value = raw[camelCase(field)];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return {
    member: { ...Object.fromEntries(given), ...(raw.insecure === true ? { insecure: true } : {}) },
    common: Object.fromEntries(given.filter(([field]) => shared.has(field))),
  };
}

/** The options as arguments of a command that repeats them; `--insecure` is last. */
export function signInArguments({ member }: SignInOptions): readonly string[] {
  return argumentsFor(member);
}

/** The same for the openstack client, which takes one interface, and has no option for the endpoint of one service. */
export function clientArguments(entry: JsonObject): readonly string[] {
  const taken = Object.entries(entry)
    .filter(([field]) => !field.endsWith('_override'))
    .map(([field, value]) => [field, field === 'interface' ? (jsonText(value)?.split(',')[0]?.trim() ?? '') : value]);
  return argumentsFor(Object.fromEntries(taken) as JsonObject);
}

function argumentsFor({ insecure, ...given }: JsonObject): readonly string[] {
  return [
    ...Object.entries(given).flatMap(([field, value]) => (typeof value === 'string' ? [flag(field), value] : [])),
    ...(insecure === true ? ['--insecure'] : []),
  ];
}

function flag(field: string): string {
  return `--os-${field.replaceAll('_', '-')}`;
}

/** `auth_url` to `osAuthUrl`. */
function camelCase(field: string): string {
  return `os_${field}`.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
