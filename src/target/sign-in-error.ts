/** Why somebody could not sign in, in words, and what mends it. */
import { headerValue, type Exchange, type ReceivedResponse } from '../client/exchange.ts';
import type { Auth, Credentials } from './credentials.ts';

/** Sign-in did not work; `exchange` shows why. */
export class SignInError extends Error {
  readonly code = 'sign-in';
  readonly what: string;
  readonly mend: string;
  readonly exchange: Exchange | undefined;

  constructor(what: string, mend: string, exchange?: Exchange) {
    super(`${what} ${mend}`);
    this.what = what;
    this.mend = mend;
    this.exchange = exchange;
  }
}

type Keystone = Extract<Auth, { readonly authUrl: string }>;

export interface Attempt {
  readonly identity: string;
  readonly auth: Keystone;
  readonly from: string;
  /** What was asked. */
  readonly url: string;
}

export function attemptOf(identity: string, auth: Keystone, { from }: Credentials, url: string): Attempt {
  return { identity, auth, from, url };
}

/** The answer is no token. */
export function refused(
  { identity, auth, from, url }: Attempt,
  { status, headers, body }: ReceivedResponse,
  exchange: Exchange,
): SignInError {
  const elsewhere = `Let auth_url in ${from} name Keystone, with or without /v3.`;
  const place = headerValue(headers, 'location');
  if (status >= 300 && status < 400 && place !== undefined) {
    const what = `${url} answered ${status} to the sign-in of ${identity}, a redirect to ${place}, and no password goes where nobody sent it.`;
    return new SignInError(
      what,
      `Let auth_url in ${from} name the place where it leads, without /auth/tokens.`,
      exchange,
    );
  }
  if (/^\s*</.test(body)) {
    return new SignInError(
      `${url} answered ${status} to the sign-in of ${identity} with a page of HTML or XML, so no Keystone is there.`,
      elsewhere,
      exchange,
    );
  }
  if (status === 201) {
    return new SignInError(
      `${url} answered the sign-in of ${identity} with a body that is no token.`,
      elsewhere,
      exchange,
    );
  }
  const what = `${url} answered ${status} to the sign-in of ${identity}.`;
  return new SignInError(what, mendOfStatus(status, auth, from) ?? elsewhere, exchange);
}

function mendOfStatus(status: number, auth: Keystone, from: string): string | undefined {
  if (status === 401) return `Keystone does not take ${credentialWords[auth.type]}; look at ${from}.`;
  if (status === 403)
    return `Keystone knows them and lets them not in; look for a locked user or an expired password of ${from}.`;
  if (status === 400) return `Keystone does not understand the fields; look at ${from}, at domains above all.`;
  if (status === 429 || status >= 500)
    return 'Keystone, or a proxy before it, is not well; try again later or ask its operator.';
  return undefined;
}

const credentialWords: Readonly<Record<Keystone['type'], string>> = {
  password: 'this user, password, project and their domains together',
  token: 'this token, which may have expired, for this project',
  v3applicationcredential: 'this application credential and secret, which may have expired',
};

/** Nobody answered. */
export function unreachable({ identity, from, url }: Attempt, exchange: Exchange): SignInError {
  const { code, message } = exchange.failure ?? { code: 'UNKNOWN', message: 'no reason given' };
  const { hostname, protocol } = new URL(url);
  const entry = failures.find(({ codes }) => codes.test(`${code} ${message}`));
  const what = `${url} could not be asked to sign ${identity} in: ${entry?.words(hostname) ?? 'no answer came'} (${code}: ${message}).`;
  return new SignInError(
    what,
    entry?.mend(from, protocol) ?? `Look at auth_url in ${from}, and whether it can be reached from here.`,
    exchange,
  );
}

interface FailureEntry {
  /** Matches the code and message of the transport. */
  readonly codes: RegExp;
  readonly words: (host: string) => string;
  readonly mend: (from: string, protocol: string) => string;
}

/** The first that fits. */
const failures: readonly FailureEntry[] = [
  {
    codes: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    words: (host) => `the certificate of ${host} has expired or is not valid yet`,
    mend: () => 'Have it renewed, or set the clock of this machine.',
  },
  {
    codes: /ALTNAME_INVALID/,
    words: (host) => `its certificate is not for ${host}`,
    mend: (from) => `Let auth_url in ${from} name a host that stands in the certificate.`,
  },
  {
    codes: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|CERT_UNTRUSTED/,
    words: (host) => `the certificate of ${host} is signed by nobody who is trusted here`,
    mend: (from) => `Name the authority's file by --os-cacert FILE, OS_CACERT, or cacert in ${from}.`,
  },
  {
    codes: /ERR_SSL|EPROTO|wrong version number/i,
    words: (host) => `${host} does not speak TLS as we do`,
    mend: (from) => `Look at whether auth_url in ${from} has to begin with http: rather than https:.`,
  },
  {
    codes: /ENOTFOUND|EAI_AGAIN/,
    words: (host) => `the name ${host} is not known`,
    mend: (from) => `Look at auth_url in ${from} and at the name service of this machine.`,
  },
  {
    codes: /ECONNREFUSED/,
    words: (host) => `nobody listens there at ${host}`,
    mend: (from) => `Look at the port of auth_url in ${from}, and whether Keystone is up.`,
  },
  {
    codes: /TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    words: (host) => `${host} is silent`,
    mend: (from) =>
      `Look at auth_url in ${from}, at routes, firewalls and proxies; a slow target gets more time by --patience.`,
  },
  {
    codes: /UND_ERR_SOCKET|ECONNRESET|HPE_/,
    words: (host) => `${host} broke the connection off`,
    mend: (from, protocol) =>
      protocol === 'http:'
        ? `Look at whether auth_url in ${from} has to begin with https:.`
        : `Look at auth_url in ${from} and at what stands before Keystone.`,
  },
];
