/**
 * A proxy on loopback that applies derived faults to the responses of a service.
 *
 * A request that names no fault, or that the fault does not concern, passes unchanged in both directions. The service
 * receives what the client sent, without the header that names the fault.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SentRequest } from '../../src/client/exchange.ts';
import type { HttpClient, HttpOutcome } from '../../src/client/http-client.ts';
import type { DerivedFault } from '../../src/mutation/derived-fault.ts';
import { faultHeader, identityHeader, sendThrough, type Recognise } from '../../src/mutation/tampered.ts';

export interface TamperingProxy {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export interface ProxyOptions {
  /** Scheme, host and port of the service. */
  readonly target: string;
  readonly faults: ReadonlyMap<string, DerivedFault>;
  readonly recognise: Recognise;
  readonly http: HttpClient;
}

/** Hop-by-hop headers, which no proxy forwards (RFC 9110, 7.6.1), and those that follow from the request. */
const connectionHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'host',
  'content-length',
]);

export async function startTamperingProxy(options: ProxyOptions): Promise<TamperingProxy> {
  const server = createServer((incoming, outgoing) => {
    // The client may have closed the connection.
    relay(incoming, outgoing, options).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function relay(incoming: IncomingMessage, outgoing: ServerResponse, options: ProxyOptions): Promise<void> {
  const { faults, recognise, http } = options;
  const request = await read(incoming, options.target);
  const named = incoming.headersDistinct[faultHeader]?.[0];
  const fault = named === undefined ? undefined : faults.get(named);
  const identity = incoming.headersDistinct[identityHeader]?.[0];
  const outcome = await sendThrough(request, fault, recognise, (plain) => http.send(plain, identity));
  respond(outgoing, outcome);
}

async function read(incoming: IncomingMessage, target: string): Promise<SentRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(incoming.headersDistinct)
    .filter(([name]) => !connectionHeaders.has(name))
    .flatMap(([name, values = []]) => values.map((value) => [name, value] as const));
  const body = Buffer.concat(chunks).toString('utf8');
  return {
    method: incoming.method ?? 'GET',
    url: target + (incoming.url ?? '/'),
    headers,
    ...(chunks.length > 0 ? { body } : {}),
  };
}

/** Without a response of the service, closes the connection. */
function respond(outgoing: ServerResponse, { response }: HttpOutcome): void {
  if (!response) {
    outgoing.destroy();
    return;
  }
  const headers = response.headers.filter(([name]) => !connectionHeaders.has(name));
  const body = Buffer.from(response.body, 'utf8');
  outgoing.writeHead(response.status, [...headers.flat(), 'content-length', String(body.length)]);
  outgoing.end(body);
}
