/** The connection settings of a run: TLS settings with their files read, and the proxies of the environment. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import {
  tlsTrouble,
  type HttpClientOptions,
  type ProxySettings,
  type TlsSettings,
} from '../../src/client/http-client.ts';
import type { Tls } from '../../src/target/credentials.ts';
import { UsageError } from '../errors.ts';
import type { CredentialsByIdentity } from './find-credentials.ts';

/** `embedded`: the embedded cloud on loopback, which no proxy reaches. @throws UsageError */
export function connectionOf(credentials: CredentialsByIdentity, embedded: boolean): HttpClientOptions {
  const tls = Object.entries(credentials).map(
    ([identity, { from, tls: own }]) => [identity, readTls(from, own)] as const,
  );
  const proxies = embedded ? {} : proxiesOf(process.env);
  return { tls: Object.fromEntries(tls), ...(Object.keys(proxies).length > 0 ? { proxies } : {}) };
}

const partFields = [
  ['caFile', 'ca', 'cacert', 'OS_CACERT'],
  ['certFile', 'cert', 'cert', 'OS_CERT'],
  ['keyFile', 'key', 'key', 'OS_KEY'],
] as const;

function readTls(from: string, tls: Tls): TlsSettings {
  let settings: TlsSettings = { insecure: tls.insecure };
  for (const [file, part, field, variable] of partFields) {
    if (tls[file] === undefined) continue;
    // As in the openstack client.
    const path = tls[file].replace(/^~(?=\/|$)/, homedir());
    const where = `${from}: ${field} (${variable}) names ${path}`;
    const text = readPem(path, where);
    settings = { ...settings, [part]: text };
    const trouble = part === 'cert' && tls.keyFile !== undefined ? undefined : tlsTrouble(settings);
    if (trouble === undefined) continue;
    throw new UsageError(`${where}, which cannot be used (${trouble}). Set it to a suitable PEM file.`);
  }
  return settings;
}

function readPem(path: string, where: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new UsageError(`${where}, which cannot be read (${code}). Set it to an existing PEM file.`);
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new UsageError(`${where}, which is not a PEM file: it has no line such as -----BEGIN CERTIFICATE-----.`);
}

/** Lower case wins, and `ALL_PROXY` counts where no other does, as in curl. @throws UsageError for an invalid URL; its value, which may be secret, is not shown */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | undefined => {
    const variable = env[name.toLowerCase()] ? name.toLowerCase() : name;
    const value = env[variable];
    if (!value) return undefined;
    const url = value.includes('://') ? value : `http://${value}`;
    if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
    throw new UsageError(`${variable} is not the URL of an HTTP proxy. Set it to http://HOST:PORT, or unset it.`);
  };
  const [http, https] = ['HTTP_PROXY', 'HTTPS_PROXY'].map((name) => read(name) ?? read('ALL_PROXY'));
  const except = [env.no_proxy, env.NO_PROXY].find(Boolean);
  if (http === undefined && https === undefined) return {};
  return {
    ...(http === undefined ? {} : { http }),
    ...(https === undefined ? {} : { https }),
    ...(except ? { except } : {}),
  };
}

/** The passwords in proxy URLs, as written and as sent. */
export function proxySecrets(proxies: ProxySettings | undefined): readonly string[] {
  return [proxies?.http, proxies?.https].flatMap((url) => {
    if (url === undefined) return [];
    const { username, password } = new URL(url);
    if (password === '') return [];
    const plain = decodeURIComponent(password);
    return [password, plain, Buffer.from(`${decodeURIComponent(username)}:${plain}`).toString('base64')];
  });
}
