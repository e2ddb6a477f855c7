/** Words why an identity could not sign in, and the remedy. */
import { headerValue, type Exchange, type ReceivedResponse } from '../client/exchange.ts';
import type { Auth, Credentials } from './credentials.ts';

/** A sign-in failed; `exchange` shows why. */
export class SignInError extends Error {
  readonly code = 'sign-in';
  readonly what: string;
  readonly remedy: string;
  readonly exchange: Exchange | undefined;

  constructor(what: string, remedy: string, exchange?: Exchange) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
    this.exchange = exchange;
  }
}

type Keystone = Extract<Auth, { readonly authUrl: string }>;

export interface Attempt {
  readonly identity: string;
  readonly auth: Keystone;
  readonly from: string;
  /** The URL of the request. */
  readonly url: string;
}

export function attemptOf(identity: string, auth: Keystone, { from }: Credentials, url: string): Attempt {
  return { identity, auth, from, url };
}

/** The response is not a token. */
export function refused(
  { identity, auth, from, url }: Attempt,
  { status, headers, body }: ReceivedResponse,
  exchange: Exchange,
): SignInError {
  const elsewhere = `Set auth_url in ${from} to the URL of Keystone, with or without /v3.`;
  const place = headerValue(headers, 'location');
  if (status >= 300 && status < 400 && place !== undefined) {
    const what = `${url} answered ${status} to the sign-in of ${identity}, a redirect to ${place}. Redirects are not followed, so that credentials are not sent elsewhere.`;
    return new SignInError(
      what,
      `Set auth_url in ${from} to the URL that it leads to, without /auth/tokens.`,
      exchange,
    );
  }
  if (/^\s*</.test(body)) {
    return new SignInError(
      `${url} answered ${status} to the sign-in of ${identity} with HTML or XML, so this is not Keystone.`,
      elsewhere,
      exchange,
    );
  }
  if (status === 201) {
    const what = headerValue(headers, 'x-subject-token') ? 'a body that is not a token' : 'no X-Subject-Token header';
    return new SignInError(`${url} answered the sign-in of ${identity} with ${what}.`, elsewhere, exchange);
  }
  const what = `${url} answered ${status} to the sign-in of ${identity}.`;
  return new SignInError(what, remedyOfStatus(status, auth, from) ?? elsewhere, exchange);
}

function remedyOfStatus(status: number, auth: Keystone, from: string): string | undefined {
  if (status === 401) return `Keystone does not accept ${credentialWords[auth.type]}. Check ${from}.`;
  if (status === 403)
    return `Keystone knows the credentials of ${from} and refuses them. Check for a locked user or an expired password.`;
  if (status === 400) return `Keystone does not understand the fields. Check ${from}, especially the domains.`;
  if (status === 429 || status >= 500)
    return 'Keystone, or a proxy in front of it, has an error. Try again later, or ask its operator.';
  return undefined;
}

const credentialWords: Readonly<Record<Keystone['type'], string>> = {
  password: 'this user, password, project and their domains together',
  token: 'this token, which may have expired, for this project',
  v3applicationcredential: 'this application credential and secret, which may have expired',
};

/** There was no response. */
export function unreachable({ identity, from, url }: Attempt, exchange: Exchange): SignInError {
  const { code, message } = exchange.failure ?? { code: 'UNKNOWN', message: 'no reason given' };
  const { hostname, protocol } = new URL(url);
  const entry = failures.find(({ codes }) => codes.test(`${code} ${message}`));
  const what = `The sign-in of ${identity} at ${url} failed: ${entry?.words(hostname) ?? 'there was no response'} (${code}: ${message}).`;
  return new SignInError(
    what,
    entry?.remedy(from, protocol) ?? `Check auth_url in ${from}, and whether it can be reached from here.`,
    exchange,
  );
}

interface FailureEntry {
  /** Matches the code and message of the transport. */
  readonly codes: RegExp;
  readonly words: (host: string) => string;
  readonly remedy: (from: string, protocol: string) => string;
}

/** The first match applies. */
const failures: readonly FailureEntry[] = [
  {
    codes: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    words: (host) => `the certificate of ${host} has expired or is not valid yet`,
    remedy: () => 'Have it renewed, or correct the clock of this machine.',
  },
  {
    codes: /ALTNAME_INVALID/,
    words: (host) => `its certificate is not for ${host}`,
    remedy: (from) => `Set auth_url in ${from} to a host that the certificate names.`,
  },
  {
    codes: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|CERT_UNTRUSTED/,
    words: (host) => `the certificate of ${host} is not signed by a trusted authority`,
    remedy: (from) => `Set the file of the authority by --os-cacert FILE, OS_CACERT, or cacert in ${from}.`,
  },
  {
    codes: /ERR_SSL|EPROTO|wrong version number/i,
    words: (host) => `the TLS handshake with ${host} failed`,
    remedy: (from) => `Check whether auth_url in ${from} has to begin with http: instead of https:.`,
  },
  {
    codes: /ENOTFOUND|EAI_AGAIN/,
    words: (host) => `the host name ${host} cannot be resolved`,
    remedy: (from) => `Check auth_url in ${from} and the name resolution of this machine.`,
  },
  {
    codes: /ECONNREFUSED/,
    words: (host) => `${host} refused the connection`,
    remedy: (from) => `Check the port of auth_url in ${from}, and whether Keystone is running.`,
  },
  {
    codes: /TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    words: (host) => `${host} did not respond in time`,
    remedy: (from) =>
      `Check auth_url in ${from}, routes, firewalls and proxies. For a slow target, raise --timeout-factor.`,
  },
  {
    codes: /UND_ERR_SOCKET|ECONNRESET|HPE_/,
    words: (host) => `${host} closed the connection`,
    remedy: (from, protocol) =>
      protocol === 'http:'
        ? `Check whether auth_url in ${from} has to begin with https:.`
        : `Check auth_url in ${from} and the proxy in front of Keystone.`,
  },
];
