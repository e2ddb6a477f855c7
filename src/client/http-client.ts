/**
 * HTTP/1.1 requests within limits of time and size: the only module that knows undici.
 *
 * It follows no redirect, decodes no compression, retries nothing and throws nothing: the result is the response, or
 * the reason why there is none.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { clientTimeouts } from './timeouts.ts';
import { collectResponse, type HttpOutcome } from './collect-response.ts';
import type { SentRequest } from './exchange.ts';
import { exceptions } from './no-proxy.ts';

export type { HttpOutcome } from './collect-response.ts';

export interface HttpClient {
  /** `identity`: the caller, whose TLS settings apply. */
  readonly send: (request: SentRequest, identity?: string) => Promise<HttpOutcome>;
  readonly close: () => Promise<void>;
}

/** TLS settings of one identity; PEM texts. */
export interface TlsSettings {
  /** Accept any certificate; reports show it. */
  readonly insecure: boolean;
  /** Trusted in addition to the authorities of the system. */
  readonly ca?: string;
  /** The client certificate, and its key if that is in a separate text. */
  readonly cert?: string;
  readonly key?: string;
}

/** URLs of proxies by the scheme of the request, and hosts that are reached without a proxy, as in `NO_PROXY`. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly except?: string;
}

export interface HttpClientOptions {
  /** By identity; all others, including `nobody`, use the settings of the member. */
  readonly tls?: Readonly<Record<string, TlsSettings>>;
  readonly proxies?: ProxySettings;
  readonly connections?: number;
  /** Multiplies every timeout; 1 when missing. */
  readonly timeoutFactor?: number;
}

export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const responseMs = clientTimeouts.responseMs * (options.timeoutFactor ?? 1);
  // Identities with the same settings share connections; weaker settings of one do not affect another.
  const dispatchers = new Map<string, Dispatcher>();
  const isExcepted = exceptions(options.proxies?.except ?? '');
  const dispatcherOf = (identity: string, url: string): Dispatcher => {
    const tls = options.tls?.[identity] ?? options.tls?.member ?? { insecure: false };
    const isDirect = !hasProxy(options) || (URL.canParse(url) && isExcepted(new URL(url)));
    const key = JSON.stringify([isDirect, tls.insecure, tls.ca, tls.cert, tls.key]);
    const known = dispatchers.get(key) ?? createDispatcher(tls, options, isDirect);
    dispatchers.set(key, known);
    return known;
  };
  return {
    send: (sent, identity = 'member') => send(dispatcherOf(identity, sent.url), sent, responseMs),
    close: async () => void (await Promise.all([...dispatchers.values()].map((one) => one.destroy()))),
  };
}

function hasProxy({ proxies }: HttpClientOptions): boolean {
  return Boolean(proxies?.http) || Boolean(proxies?.https);
}

function createDispatcher(
  tls: TlsSettings,
  { proxies, connections = 64, timeoutFactor = 1 }: HttpClientOptions,
  isDirect: boolean,
): Dispatcher {
  const toTarget = {
    timeout: clientTimeouts.connectMs * timeoutFactor,
    rejectUnauthorized: !tls.insecure,
    ...(tls.ca === undefined ? {} : { ca: [...rootCertificates, tls.ca] }),
    // One file may contain both.
    ...(tls.cert === undefined ? {} : { cert: tls.cert, key: tls.key ?? tls.cert }),
  };
  const common = {
    connections,
    pipelining: 1,
    maxHeaderSize: clientTimeouts.headerBytes,
    headersTimeout: clientTimeouts.responseMs * timeoutFactor,
    bodyTimeout: clientTimeouts.idleMs * timeoutFactor,
    connect: toTarget,
  };
  if (isDirect) return new Agent(common);
  return new EnvHttpProxyAgent({
    ...common,
    requestTls: toTarget,
    proxyTls: { timeout: clientTimeouts.connectMs * timeoutFactor },
    // Empty texts prevent it from reading the environment.
    httpProxy: proxies?.http ?? '',
    httpsProxy: proxies?.https ?? '',
    noProxy: '',
  });
}

const certificateText = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g;

/** Why these settings cannot be used, as OpenSSL words it; undefined when they can. */
export function tlsTrouble({ ca, cert, key }: TlsSettings): string | undefined {
  try {
    // OpenSSL skips authorities that it cannot read.
    for (const [one] of ca?.matchAll(certificateText) ?? []) new X509Certificate(one);
    createSecureContext({ ca, cert, key: cert === undefined ? undefined : (key ?? cert) });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function send(
  agent: Dispatcher,
  { method, url, headers, body }: SentRequest,
  responseMs: number,
): Promise<HttpOutcome> {
  return collectResponse(responseMs, (handler) => {
    const { origin, pathname, search, protocol } = new URL(url);
    if (!/^https?:$/.test(protocol))
      throw new TypeError(`The protocol ${protocol} is not supported; use http: or https:`);
    const path = `${pathname}${search}`;
    const asked = {
      origin,
      path,
      method: method,
      headers: headers.flat(),
      body: body ?? null,
    };
    return agent.dispatch(asked, handler);
  });
}
