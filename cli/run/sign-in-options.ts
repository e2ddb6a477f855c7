/** The member's credentials as options, named as the openstack client names them; secrets among them are refused. */
import { Option, type Command } from 'commander';
import type { JsonObject } from '../../src/json.ts';
import { secretFields } from '../../src/target/cloud-merge.ts';
import { UsageError } from '../errors.ts';

/** Field of a clouds.yaml entry, and what it is. */
const fields: readonly (readonly [field: string, summary: string])[] = [
  ['auth_type', 'password, token, v3applicationcredential, none or http_basic'],
  ['auth_url', 'Keystone, with or without /v3'],
  ['username', 'the member by name'],
  ['user_id', 'or by id'],
  ['user_domain_name', "the member's domain"],
  ['user_domain_id', 'or by id'],
  ['project_name', 'the project to work in'],
  ['project_id', 'or by id'],
  ['project_domain_name', "the project's domain"],
  ['project_domain_id', 'or by id'],
  ['application_credential_id', 'an application credential'],
  ['application_credential_name', "or by name, with the user's"],
  ['endpoint', 'the one service endpoint, for none and http_basic'],
  ['region_name', 'the region, for everybody'],
  ['interface', 'public, internal or admin endpoints, for everybody'],
  ['compute_endpoint_override', 'the Compute endpoint instead of that of the catalogue, for everybody'],
  ['block_storage_endpoint_override', 'the same for Block Storage'],
  ['image_endpoint_override', 'the same for Image'],
  ['cacert', 'a file with certificates to trust besides those of the system'],
  ['cert', 'a file with a client certificate'],
  ['key', 'a file with its key'],
];

/** Of these, everybody's: they say where the target is, not who asks. */
const shared: ReadonlySet<string> = new Set(
  fields.map(([field]) => field).filter((field) => /^region|face$|override$/.test(field)),
);

export interface SignInOptions {
  /** Spelled as an entry of clouds.yaml: what the member's is overlaid with. */
  readonly member: JsonObject;
  /** The part of it that holds for every identity. */
  readonly everybody: JsonObject;
}

/** As commander hands them over: by option in camel case. */
export type RawSignIn = Readonly<Record<string, unknown>>;

export function addSignInOptions(command: Command): Command {
  for (const [field, summary] of fields) command.option(`${flag(field)} <value>`, summary);
  command.option('--insecure', 'take any certificate of the target, as the member; the report says so');
  for (const field of secretFields) command.addOption(new Option(`${flag(field)} [value]`).hideHelp());
  return command;
}

/** @throws UsageError for a secret: a command line is for everybody on the machine to read. */
export function readSignInOptions(raw: RawSignIn): SignInOptions {
  const secret = secretFields.find((field) => raw[camelCase(field)] !== undefined);
  if (secret !== undefined) {
    throw new UsageError(
      `${flag(secret)}: everybody on this machine can read a command line, so no secret is taken from it; set OS_${secret.toUpperCase()}, or write it into secure.yaml.`,
    );
  }
  const given = fields.flatMap(([field]) => {
    const value = raw[camelCase(field)];
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return {
    member: { ...Object.fromEntries(given), ...(raw.insecure === true ? { insecure: true } : {}) },
    everybody: Object.fromEntries(given.filter(([field]) => shared.has(field))),
  };
}

/** The words that were read, for whoever repeats them; `--insecure` last. */
export function signInWords({ member }: SignInOptions): readonly string[] {
  const { insecure, ...given } = member;
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
