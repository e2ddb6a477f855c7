/**
 * HTTP/1.1 requests within limits of time and size: the only module that knows undici.
 *
 * It follows no redirect, decodes no compression, retries nothing and throws nothing: what came back, or why nothing
 * did, is the result.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { clientBudgets } from './budgets.ts';
import { collectResponse, type HttpOutcome } from './collect-response.ts';
import type { SentRequest } from './exchange.ts';
import { exceptions } from './no-proxy.ts';

export type { HttpOutcome } from './collect-response.ts';

export interface HttpClient {
  /** `identity`: who asks; whose TLS settings hold. */
  readonly send: (request: SentRequest, identity?: string) => Promise<HttpOutcome>;
  readonly close: () => Promise<void>;
}

/** How one identity meets a target that speaks TLS; PEM texts. */
export interface TlsSettings {
  /** Accept any certificate; the report says so. */
  readonly insecure: boolean;
  /** To trust besides the system's. */
  readonly ca?: string;
  /** The client's own certificate, and its key where that stands apart. */
  readonly cert?: string;
  readonly key?: string;
}

/** URLs of proxies by the scheme of what is asked for, and hosts that are reached without one, as in `NO_PROXY`. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly except?: string;
}

export interface HttpClientOptions {
  /** By identity; who is not named, `nobody` among them, goes as the member does. */
  readonly tls?: Readonly<Record<string, TlsSettings>>;
  readonly proxies?: ProxySettings;
  readonly connections?: number;
  /** Multiplies every limit of time; 1 when missing. */
  readonly patience?: number;
}

export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const responseMs = clientBudgets.responseMs * (options.patience ?? 1);
  // Those with the same settings share connections; nobody is weakened by the settings of another.
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
  { proxies, connections = 64, patience = 1 }: HttpClientOptions,
  isDirect: boolean,
): Dispatcher {
  const toTarget = {
    timeout: clientBudgets.connectMs * patience,
    rejectUnauthorized: !tls.insecure,
    ...(tls.ca === undefined ? {} : { ca: [...rootCertificates, tls.ca] }),
    // One file may hold both.
    ...(tls.cert === undefined ? {} : { cert: tls.cert, key: tls.key ?? tls.cert }),
  };
  const common = {
    connections,
    pipelining: 1,
    maxHeaderSize: clientBudgets.headerBytes,
    headersTimeout: clientBudgets.responseMs * patience,
    bodyTimeout: clientBudgets.idleMs * patience,
    connect: toTarget,
  };
  if (isDirect) return new Agent(common);
  return new EnvHttpProxyAgent({
    ...common,
    requestTls: toTarget,
    proxyTls: { timeout: clientBudgets.connectMs * patience },
    // Empty texts keep it from looking into the environment by itself.
    httpProxy: proxies?.http ?? '',
    httpsProxy: proxies?.https ?? '',
    noProxy: '',
  });
}

const certificateText = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g;

/** Why these settings cannot be used, in the words of OpenSSL; undefined when they can. */
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
    if (!/^https?:$/.test(protocol)) throw new TypeError(`${protocol} is no protocol of an API`);
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
