/**
 * Converts an entry of clouds.yaml, or the `OS_*` variables in the form of one, to credentials.
 *
 * Names are those of the openstack client; scalars are text, as written.
 */
import { jsonList, jsonObject, type Json, type JsonObject } from '../json.ts';
import { endpointInterfaces, type Auth, type Credentials, type Named, type Scope, type Tls } from './credentials.ts';

/** What is wrong with an entry, as a full sentence that names the remedy. */
export class CredentialsError extends Error {
  readonly code = 'credentials';
}

type Domain = { readonly id: string } | { readonly name: string };

/** `remedy` says where to add a missing field. @throws CredentialsError when a value is missing or unknown */
export function credentialsFromCloud(
  from: string,
  cloud: JsonObject,
  remedy: (field: string) => string = () => 'add it to the auth section',
): Credentials {
  // As in the openstack client, fields of the auth section may be outside of it.
  const auth = { ...cloud, ...jsonObject(cloud.auth) };
  const type = text(cloud.auth_type)?.toLowerCase() ?? guessType(auth);
  const region = text(cloud.region_name);
  return {
    from,
    auth: readAuth(from, type, auth, remedy),
    ...(region === undefined ? {} : { region }),
    interfaces: readInterfaces(from, cloud),
    endpointOverrides: overrides(from, cloud),
    tls: readTls(from, cloud),
  };
}

/** One, or a list in the order of preference; separated by commas in a variable or an option. */
function readInterfaces(from: string, cloud: JsonObject): Credentials['interfaces'] {
  const names = [cloud.interface, cloud.endpoint_type].map(namesIn).find((list) => list.length > 0) ?? ['public'];
  return names.map((name) => {
    const known = endpointInterfaces.find((one) => one === name.replace(/URL$/, ''));
    if (known) return known;
    throw new CredentialsError(
      `${from}: the interface "${name}" is not known. Use one of ${endpointInterfaces.join(', ')}.`,
    );
  });
}

function namesIn(value: Json | undefined): readonly string[] {
  const parts = jsonList(value).length > 0 ? jsonList(value).map((part) => text(part) ?? '') : [text(value) ?? ''];
  return parts
    .flatMap((part) => part.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A key needs its certificate; a certificate file may also contain the key. */
function readTls(from: string, cloud: JsonObject): Tls {
  const [caFile, certFile, keyFile] = [text(cloud.cacert), text(cloud.cert), text(cloud.key)];
  if (keyFile !== undefined && certFile === undefined) {
    throw new CredentialsError(
      `${from}: the key ${keyFile} has no client certificate. Add cert (OS_CERT), or remove key.`,
    );
  }
  const insecure = says(cloud.verify, no) || says(cloud.insecure, yes);
  return {
    insecure,
    ...(insecure ? { because: says(cloud.verify, no) ? 'verify: false' : 'insecure: true' } : {}),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

function guessType(auth: JsonObject): string {
  if (auth.application_credential_secret !== undefined) return 'v3applicationcredential';
  if (auth.token !== undefined) return 'token';
  return 'password';
}

function readAuth(from: string, type: string, auth: JsonObject, remedy: (field: string) => string): Auth {
  const need = (name: string): string => {
    const value = text(auth[name]);
    if (!value) throw new CredentialsError(`${from}: auth type ${type} needs ${name}; ${remedy(name)}.`);
    return value;
  };
  const url = (name: string): string => checkedUrl(from, name, need(name));
  switch (type) {
    case 'password':
    case 'v3password':
      return {
        type: 'password',
        authUrl: url('auth_url'),
        user: named(auth, 'user', 'username', need),
        password: need('password'),
        scope: readScope(auth),
      };
    case 'token':
    case 'v3token':
      return { type: 'token', authUrl: url('auth_url'), token: need('token'), scope: readScope(auth) };
    case 'v3applicationcredential':
      refuseScope(from, auth);
      return {
        type,
        authUrl: url('auth_url'),
        credential: text(auth.application_credential_id)
          ? { id: need('application_credential_id') }
          : { name: need('application_credential_name'), user: named(auth, 'user', 'username', need) },
        secret: need('application_credential_secret'),
      };
    case 'none':
      return { type, endpoint: url('endpoint') };
    case 'http_basic':
      return { type, endpoint: url('endpoint'), username: need('username'), password: need('password') };
    default:
      throw new CredentialsError(
        `${from}: auth type "${type}" is not known. Use password, token, v3applicationcredential, none or http_basic.`,
      );
  }
}

/** @throws CredentialsError, without the value if that may contain a password */
function checkedUrl(from: string, field: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return value;
  const found = hasUser(value) ? 'a URL with a user or password in it' : `"${value}"`;
  throw new CredentialsError(`${from}: ${field} is ${found}. Write it as https://HOST:PORT/PATH.`);
}

function hasUser(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username + password !== '';
}

function named(auth: JsonObject, prefix: string, nameField: string, need: (name: string) => string): Named {
  const id = text(auth[`${prefix}_id`]);
  return id ? { id } : { name: need(nameField), domain: domainOf(auth, prefix) };
}

/** Order of precedence: its own domain, that of the scope, the default; an id before a name. */
function domainOf(auth: JsonObject, prefix: string): Domain {
  for (const whose of [`${prefix}_domain`, 'domain', 'default_domain']) {
    const id = text(auth[`${whose}_id`]);
    if (id) return { id };
    const name = text(auth[`${whose}_name`]);
    if (name) return { name };
  }
  return { id: 'default' };
}

const scopeFields = [
  ...['project_id', 'project_name', 'tenant_id', 'tenant_name'],
  ...['domain_id', 'domain_name', 'system_scope', 'trust_id'],
];

/** The client sends it, and Keystone answers 401. @throws CredentialsError */
function refuseScope(from: string, auth: JsonObject): void {
  const field = scopeFields.find((one) => text(auth[one]) !== undefined);
  if (field === undefined) return;
  throw new CredentialsError(
    `${from}: an application credential has a project of its own, and Keystone refuses ${field} beside it; leave ${field} out.`,
  );
}

function readScope(auth: JsonObject): Scope {
  if (text(auth.system_scope)) return { kind: 'system' };
  const projectId = text(auth.project_id) ?? text(auth.tenant_id);
  if (projectId) return { kind: 'project', project: { id: projectId } };
  const name = text(auth.project_name) ?? text(auth.tenant_name);
  if (name) return { kind: 'project', project: { name, domain: domainOf(auth, 'project') } };
  const domainId = text(auth.domain_id);
  if (domainId) return { kind: 'domain', domain: { id: domainId } };
  const domainName = text(auth.domain_name);
  return domainName ? { kind: 'domain', domain: { name: domainName } } : { kind: 'unscoped' };
}

/** `compute_endpoint_override: URL`, keyed by service type with hyphens. */
function overrides(from: string, cloud: JsonObject): Readonly<Record<string, string>> {
  const suffix = '_endpoint_override';
  return Object.fromEntries(
    Object.entries(cloud)
      .filter(([key]) => key.endsWith(suffix))
      .flatMap(([key, value]) => {
        const url = text(value)?.trim();
        if (url && hasUser(url)) checkedUrl(from, key, url);
        return url ? [[key.slice(0, -suffix.length).replaceAll('_', '-'), url]] : [];
      }),
  );
}

/** What YAML 1.1 and the openstack client read as yes and no, in any letter case. */
const yes: ReadonlySet<string> = new Set(['true', 'yes', 'on', '1']);
const no: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);

function says(value: Json | undefined, words: ReadonlySet<string>): boolean {
  return words.has(text(value)?.toLowerCase() ?? '');
}

function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
